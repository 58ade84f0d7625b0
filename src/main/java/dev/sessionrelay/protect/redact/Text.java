package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A string's text without its JSON escapes, as bytes that know where in the line each of them stood. Rules see each
 * byte as a character: they speak of ASCII only.
 *
 * <p>One object is used for string after string. Matching counts the characters that it looks at, so that no rule can
 * take for ever over a text that it does not like.
 */
final class Text implements CharSequence {

    /** A rule has looked at more characters than a match can be worth. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLong() {
            super("a rule takes too long", null, false, false);
        }
    }

    private byte[] bytes = new byte[0];
    private int from;
    private int length;
    private byte[] decoded = new byte[1 << 12];
    /** Behind each escape, its place in the text and in the line. */
    private int[] places = new int[1 << 6];

    private int escapes;
    private int before;
    private int nextPlace;
    private int budget;

    /** Takes a stretch of a line; what stands in it as an escape is decoded when it is part of a JSON string. */
    void take(byte[] line, int start, int end, boolean isJson) {
        escapes = 0;
        before = 0;
        int escape = isJson ? indexOfBackslash(line, start, end) : end;
        if (escape == end) {
            bytes = line;
            from = start;
            length = end - start;
        } else {
            decodeAll(line, start, end, escape, 0);
        }
    }

    /** Takes a JSON string with the name that it is the value of, as if the text said {@code name="value"}. */
    void takeNamed(String name, byte[] line, int start, int end) {
        byte[] assigned = (name + "=\"").getBytes(StandardCharsets.UTF_8);
        escapes = 0;
        before = assigned.length;
        decodeAll(line, start, end, indexOfBackslash(line, start, end), assigned.length);
        System.arraycopy(assigned, 0, decoded, 0, assigned.length);
        decoded[length++] = '"';
    }

    private void decodeAll(byte[] line, int start, int end, int firstEscape, int room) {
        int most = room + end - start + 1;
        if (decoded.length < most) {
            decoded = new byte[Math.max(most, decoded.length * 2)];
        }
        bytes = decoded;
        from = 0;
        length = room;
        int at = start;
        int escape = firstEscape;
        mark(at);
        while (true) {
            System.arraycopy(line, at, decoded, length, escape - at);
            length += escape - at;
            if (escape >= end - 1) {
                break;
            }
            at = decode(line, escape, end);
            mark(at);
            escape = indexOfBackslash(line, at, end);
        }
    }

    private static int indexOfBackslash(byte[] line, int from, int to) {
        return from < to ? Swift.indexOf(line, from, to, '\\') : to;
    }

    private void mark(int inLine) {
        if (escapes * 2 == places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        places[escapes * 2] = length;
        places[escapes * 2 + 1] = inLine;
        escapes++;
    }

    /** Decodes one escape; the answer is the place behind it. */
    private int decode(byte[] line, int at, int end) {
        byte kind = line[at + 1];
        if (kind == 'u') {
            return decodeUnit(line, at, end);
        }
        decoded[length++] = switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
        return at + 2;
    }

    private int decodeUnit(byte[] line, int at, int end) {
        int unit = unit(line, at, end);
        if (unit < 0) {
            decoded[length++] = 'u';
            return at + 2;
        }
        if (unit < 0x80) {
            decoded[length++] = (byte) unit;
            return at + 6;
        }
        int behind = at + 6;
        String written = String.valueOf((char) unit);
        int low = Character.isHighSurrogate((char) unit) ? unit(line, behind, end) : -1;
        if (low >= 0 && Character.isLowSurrogate((char) low)) {
            written += (char) low;
            behind += 6;
        }
        byte[] utf8 = written.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, decoded, length, utf8.length);
        length += utf8.length;
        return behind;
    }

    private static int unit(byte[] line, int at, int end) {
        if (at + 6 > end || line[at] != '\\' || line[at + 1] != 'u') {
            return -1;
        }
        int value = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(line[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    /** An empty text that is to be filled from another one, and knows where in that its bytes stand. */
    static Text derived(int capacity, int before) {
        Text text = new Text();
        text.bytes = new byte[capacity];
        text.decoded = text.bytes;
        text.before = before;
        return text;
    }

    /** @param place where in the text that this is derived from the byte stands */
    void put(byte b, int place) {
        if (escapes == 0 || place != nextPlace) {
            mark(place);
        }
        nextPlace = place + 1;
        bytes[length++] = b;
    }

    /**
     * Goes on with a stretch of a text.
     *
     * @param isBase whether it is the one that this is derived from, and not one that is derived from it, too
     */
    void append(Text source, int begin, int end, boolean isBase) {
        if (isBase || begin >= end) {
            append(source, begin, end, begin);
            return;
        }
        int segment = source.segment(begin);
        for (int at = begin; at < end; segment++) {
            int stop = segment + 1 < source.escapes ? Math.min(end, source.places[segment * 2 + 2]) : end;
            append(source, at, stop, source.places[segment * 2 + 1] + at - source.places[segment * 2]);
            at = stop;
        }
    }

    private void append(Text source, int begin, int end, int place) {
        if (begin >= end) {
            return;
        }
        if (escapes == 0 || place != nextPlace) {
            mark(place);
        }
        System.arraycopy(source.bytes, source.from + begin, bytes, length, end - begin);
        length += end - begin;
        nextPlace = place + end - begin;
    }

    /** Where in the line this place of the text begins. */
    int inLine(int place) {
        if (escapes == 0) {
            return from + place;
        }
        int segment = segment(place);
        return places[segment * 2 + 1] + place - places[segment * 2];
    }

    private int segment(int place) {
        int low = 0;
        int high = escapes - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (places[middle * 2] <= place) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** How much of the text stands before the string itself. */
    int before() {
        return before;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes} the text begins. */
    int start() {
        return from;
    }

    byte[] copy(int begin, int end) {
        return Arrays.copyOfRange(bytes, from + begin, from + end);
    }

    String string(int begin, int end) {
        return new String(bytes, from + begin, end - begin, StandardCharsets.ISO_8859_1);
    }

    void allow(int characters) {
        budget = characters;
    }

    /** How much is left of what was allowed. */
    int allowed() {
        return budget;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        if (--budget < 0) {
            throw new TooLong();
        }
        return (char) (bytes[from + index] & 0xFF);
    }

    @Override
    public CharSequence subSequence(int begin, int end) {
        return string(begin, end);
    }

    @Override
    public String toString() {
        return string(0, length);
    }
}
