package dev.sessionrelay.transcript;

import java.io.IOException;

/**
 * Reads one JSON object within a line, as RFC 8259 has it and no other way: UTF-8, no key twice in an object, no more
 * depth than anybody writes. Who reads records more kindly than Claude Code does takes for harmless what it obeys.
 */
final class StrictJson {
    private static final int DEEPEST = 1000;

    /** What the object has at its top, and one level below. */
    interface Finder {
        /** A key of the object itself; false when it must not have such a key. */
        boolean key(byte[] key, int length);

        /** A key of an object that is a value of the object itself. */
        boolean keyBelow(byte[] key, int length);

        /** Whether the string that comes is to be kept. */
        boolean wantsText(int depth);

        /** @param start where the value begins, its quote included */
        void text(int depth, Capture text, long start, long end);

        void literal(byte first, long start, long end);

        void beginCompound();

        void endCompound();
    }

    private final ByteCursor bytes;
    private final Capture text;
    private final Finder finder;
    private final SeenKeys keys = new SeenKeys();
    private final boolean[] isObject = new boolean[DEEPEST + 1];
    private final long[] objects = new long[DEEPEST + 1];
    private long objectsSoFar;
    private int depth;

    StrictJson(ByteCursor bytes, Capture text, Finder finder) {
        this.bytes = bytes;
        this.text = text;
        this.finder = finder;
    }

    /** Reads on behind the opening brace. When it is false, the line goes on behind what was read. */
    boolean object() throws IOException {
        keys.clear();
        objectsSoFar = 0;
        depth = 0;
        open(true);
        boolean first = true;
        while (depth > 0) {
            int b = bytes.nextMark();
            if (b == (isObject[depth] ? '}' : ']')) {
                close();
                first = false;
            } else {
                if (!first) {
                    if (b != ',') {
                        return refused(b);
                    }
                    b = bytes.nextMark();
                }
                if (isObject[depth]) {
                    if (b != '"') {
                        return refused(b);
                    }
                    if (!key()) {
                        return false;
                    }
                    b = bytes.nextMark();
                    if (b != ':') {
                        return refused(b);
                    }
                    b = bytes.nextMark();
                }
                first = b == '{' || b == '[';
                if (!value(b)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean value(int first) throws IOException {
        return switch (first) {
            case '{', '[' -> compound(first == '{');
            case '"' -> text();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-' -> number(first);
            default -> isDigit(first) ? number(first) : refused(first);
        };
    }

    private boolean compound(boolean object) {
        if (depth == DEEPEST) {
            return false;
        }
        open(object);
        return true;
    }

    private void open(boolean object) {
        depth++;
        isObject[depth] = object;
        objects[depth] = objectsSoFar++;
        if (depth == 2) {
            finder.beginCompound();
        }
    }

    private void close() {
        depth--;
        if (depth == 1) {
            finder.endCompound();
        }
    }

    private boolean key() throws IOException {
        bytes.begin(text, 0);
        if (!string()) {
            return false;
        }
        // Of an overlong key, which nobody looks for, the beginning has to do.
        boolean escaped = text.isWhole() && text.isEscaped();
        byte[] key = escaped ? text.decoded() : text.bytes();
        int length = escaped ? key.length : text.length();
        text.drop();
        if (!keys.add(objects[depth], key, length)) {
            return false;
        }
        return switch (depth) {
            case 1 -> finder.key(key, length);
            case 2 -> finder.keyBelow(key, length);
            default -> true;
        };
    }

    private boolean text() throws IOException {
        boolean wanted = depth <= 2 && finder.wantsText(depth);
        long start = bytes.position() - 1;
        if (wanted) {
            bytes.begin(text, 0);
        }
        if (!string()) {
            return false;
        }
        if (wanted) {
            finder.text(depth, text, start, bytes.position());
            text.drop();
        }
        return true;
    }

    /** Reads on behind the opening quote. */
    private boolean string() throws IOException {
        while (true) {
            int b = bytes.behindPlainText();
            if (b == '"') {
                bytes.end(text, 1);
                return true;
            }
            if (!(b == '\\' ? escape() : b >= 0x80 ? letter(b) : refused(b))) {
                text.drop();
                return false;
            }
        }
    }

    private boolean escape() throws IOException {
        int b = bytes.next();
        if (b != 'u') {
            return "\"\\/bfnrt".indexOf(b) >= 0 || refused(b);
        }
        for (int i = 0; i < 4; i++) {
            b = bytes.next();
            if (Character.digit(b, 16) < 0) {
                return refused(b);
            }
        }
        return true;
    }

    /** The bytes of one letter that is not ASCII: the shortest form, not half of a pair, not beyond what there is. */
    private boolean letter(int lead) throws IOException {
        int more =
                lead >= 0xC2 && lead < 0xE0 ? 1 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xF0 && lead < 0xF5 ? 3 : 0;
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        for (int i = 0; i < more; i++) {
            int b = bytes.next();
            if (b < lowest || b > highest) {
                return refused(b);
            }
            lowest = 0x80;
            highest = 0xBF;
        }
        return more > 0;
    }

    private boolean literal(String word) throws IOException {
        long start = bytes.position() - 1;
        for (int i = 1; i < word.length(); i++) {
            int b = bytes.next();
            if (b != word.charAt(i)) {
                return refused(b);
            }
        }
        found((byte) word.charAt(0), start);
        return true;
    }

    private boolean number(int first) throws IOException {
        long start = bytes.position() - 1;
        int b = first == '-' ? bytes.next() : first;
        if (!isDigit(b)) {
            return refused(b);
        }
        b = b == '0' ? bytes.next() : behindDigits();
        if (b == '.') {
            b = bytes.next();
            if (!isDigit(b)) {
                return refused(b);
            }
            b = behindDigits();
        }
        if (b == 'e' || b == 'E') {
            b = bytes.next();
            if (b == '+' || b == '-') {
                b = bytes.next();
            }
            if (!isDigit(b)) {
                return refused(b);
            }
            b = behindDigits();
        }
        if (b != ByteCursor.END) {
            bytes.back();
        }
        found((byte) first, start);
        return true;
    }

    private int behindDigits() throws IOException {
        int b = bytes.next();
        while (isDigit(b)) {
            b = bytes.next();
        }
        return b;
    }

    private void found(byte first, long start) {
        if (depth == 1) {
            finder.literal(first, start, bytes.position());
        }
    }

    /** A line break that has no place here ends the line, and is not part of what was read. */
    private boolean refused(int b) {
        if (b == '\n') {
            bytes.back();
        }
        return false;
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }
}
