package dev.sessionrelay.claude;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Walks through a transcript record by record, in one pass over the bytes and with the same little memory for a line of a
 * gigabyte as for one of a hundred bytes. It does not judge JSON; it finds where each record begins and ends and the
 * first bytes of the few top-level {@link Field}s that matter.
 *
 * <p>It copes with what damage and other tools leave behind: a torn line, NUL bytes, a byte order mark, CRLF, junk, glued
 * records, and a record printed over many lines. JSON has no raw line break inside a string, so a line that ends inside
 * one is torn; a line that ends inside an object is continued by one that is indented or closes it, else it is torn too.
 */
public final class RecordScanner implements Closeable {

    /** What a stretch of the file is. */
    public enum Kind {
        /** One whole JSON object. */
        RECORD,
        /** The beginning of an object that was never finished, or what a crash left of a line. */
        TORN,
        /** A blank line, or something else that is no record. */
        OTHER
    }

    private static final int MOST_OF_A_VALUE = 8192;
    private static final int MOST_OF_A_MESSAGE = 512;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 17];
    private final Marks marks = new Marks(buffer, '"', '\\', '\n');
    private int at;
    private int limit;
    private long bufferStart;

    private final Map<Field, FieldValue> values = new EnumMap<>(Field.class);
    private final Capture text = new Capture(MOST_OF_A_VALUE);
    private final Capture message = new Capture(MOST_OF_A_MESSAGE);
    private Kind kind = Kind.OTHER;
    private long start;
    private long end;
    private boolean endsWithNewline;
    private long parentStart;
    private long parentEnd;

    public RecordScanner(InputStream in) {
        this.in = in;
    }

    /** Goes on to the next stretch; false at the end of the file. */
    public boolean next() throws IOException {
        values.clear();
        message.drop();
        start = position();
        endsWithNewline = false;
        parentStart = 0;
        parentEnd = 0;
        if (start == 0) {
            skipByteOrderMark();
        }
        int first = firstOfLine();
        if (first < 0) {
            kind = Kind.OTHER;
            end = position();
            return end > start;
        }
        switch (first) {
            case '\n' -> {
                kind = Kind.OTHER;
                endsWithNewline = true;
            }
            case '{' -> kind = object();
            case 0 -> kind = restOfLine(Kind.TORN);
            default -> kind = restOfLine(Kind.OTHER);
        }
        end = position();
        return true;
    }

    public Kind kind() {
        return kind;
    }

    public long start() {
        return start;
    }

    /** The offset behind the stretch, its line break included. */
    public long end() {
        return end;
    }

    public boolean endsWithNewline() {
        return endsWithNewline;
    }

    /** A string field's value, when it is there, is a string and is not overlong. */
    public Optional<String> text(Field field) {
        return Optional.ofNullable(values.get(field)).flatMap(FieldValue::asText);
    }

    public boolean is(Field field, String value) {
        return text(field).filter(value::equals).isPresent();
    }

    public boolean isTrue(Field field) {
        FieldValue value = values.get(field);
        return value != null && value.isTrue();
    }

    /** Whether the field is there and not null. */
    public boolean has(Field field) {
        FieldValue value = values.get(field);
        return value != null && !value.isNull();
    }

    /** Where the value of {@link Field#PARENT_UUID} begins, its quote included; only for a record that has the field. */
    public long parentStart() {
        return parentStart;
    }

    /** The offset behind the value of {@link Field#PARENT_UUID}; 0 for a record without it. */
    public long parentEnd() {
        return parentEnd;
    }

    /** The first bytes of the field "message" or "attachment", whichever it has, as they stand in the file. */
    public String messageStart() {
        return message.asText();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private long position() {
        return bufferStart + at;
    }

    private boolean fill() throws IOException {
        text.keep(buffer, limit);
        message.keep(buffer, limit);
        bufferStart += limit;
        at = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    private void skipByteOrderMark() throws IOException {
        limit = in.readNBytes(buffer, 0, 3);
        if (limit == 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            at = 3;
        }
    }

    private int firstOfLine() throws IOException {
        while (at < limit || fill()) {
            byte b = buffer[at++];
            if (b != ' ' && b != '\t' && b != '\r') {
                return b & 0xFF;
            }
        }
        return -1;
    }

    private Kind restOfLine(Kind result) throws IOException {
        while (at < limit || fill()) {
            if (buffer[at++] == '\n') {
                endsWithNewline = true;
                return result;
            }
        }
        return result;
    }

    /** Reads on behind the opening brace of a top-level object. */
    private Kind object() throws IOException {
        int depth = 1;
        boolean keyNext = true;
        Field field = null;
        while (at < limit || fill()) {
            byte b = buffer[at++];
            switch (b) {
                case '"' -> {
                    boolean wanted = depth == 1 && (keyNext || field != null);
                    long quote = position() - 1;
                    if (!string(wanted)) {
                        return Kind.TORN;
                    }
                    if (depth == 1) {
                        if (keyNext) {
                            field = Field.of(text.bytes(), text.length());
                        } else if (field != null) {
                            values.put(field, FieldValue.ofString(text.asText(), text.isWhole()));
                            if (field == Field.PARENT_UUID) {
                                parentStart = quote;
                                parentEnd = position();
                            }
                        }
                        text.drop();
                    }
                }
                case ':' -> {
                    if (depth == 1) {
                        keyNext = false;
                    }
                }
                case ',' -> {
                    if (depth == 1) {
                        keyNext = true;
                        field = null;
                    }
                }
                case '{', '[' -> {
                    if (depth == 1 && field != null) {
                        values.put(field, FieldValue.COMPOUND);
                        if (field == Field.MESSAGE || field == Field.ATTACHMENT) {
                            message.begin(at - 1);
                        }
                    }
                    depth++;
                }
                case '}', ']' -> {
                    depth--;
                    if (depth == 1) {
                        message.end(buffer, at);
                    } else if (depth == 0) {
                        return afterObject();
                    }
                }
                case '\n' -> {
                    if (!isContinued()) {
                        endsWithNewline = true;
                        return Kind.TORN;
                    }
                }
                case ' ', '\t', '\r' -> {}
                default -> {
                    if (depth == 1 && !keyNext && field != null) {
                        literal(field, b);
                    }
                }
            }
        }
        return Kind.TORN;
    }

    /** One letter of a literal, of which the first tells what it is. */
    private void literal(Field field, byte letter) {
        if (values.putIfAbsent(field, FieldValue.ofLiteral(letter)) == null && field == Field.PARENT_UUID) {
            parentStart = position() - 1;
        }
        if (field == Field.PARENT_UUID) {
            parentEnd = position();
        }
    }

    /** Reads a string whose opening quote has been read; false when the line ends inside it. */
    private boolean string(boolean wanted) throws IOException {
        if (wanted) {
            text.begin(at);
        }
        boolean escaped = false;
        while (at < limit || fill()) {
            if (!escaped) {
                at = marks.next(at, limit);
                if (at == limit) {
                    continue;
                }
            }
            byte b = buffer[at++];
            if (b == '\n') {
                endsWithNewline = true;
                text.drop();
                return false;
            }
            if (escaped) {
                escaped = false;
            } else if (b == '\\') {
                escaped = true;
            } else {
                text.end(buffer, at - 1);
                return true;
            }
        }
        text.drop();
        return false;
    }

    /** Whether the line after a break inside an object goes on with it: pretty-printed lines are indented or close. */
    private boolean isContinued() throws IOException {
        if (at < limit || fill()) {
            byte next = buffer[at];
            return next == ' ' || next == '\t' || next == '\r' || next == '\n' || next == '}' || next == ']';
        }
        return false;
    }

    private Kind afterObject() throws IOException {
        int rest = firstOfLine();
        if (rest < 0) {
            return Kind.RECORD;
        }
        if (rest == '\n') {
            endsWithNewline = true;
            return Kind.RECORD;
        }
        if (rest == '{' || rest == 0) {
            // The line break between was never written: what follows is a stretch of its own.
            at--;
            return Kind.RECORD;
        }
        return restOfLine(Kind.OTHER);
    }
}
