package dev.sessionrelay.transcript;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Walks through a transcript record by record, in one pass over the bytes and with the same little memory for a line
 * of a gigabyte as for one of a hundred bytes. A record is one whole JSON object within one line, see
 * {@link StrictJson}; of its fields only the few that matter are kept.
 *
 * <p>It copes with what damage and other tools leave behind: a torn line, NUL bytes, a byte order mark, CRLF, junk, and
 * glued records, each of which counts for itself. What is printed over many lines is not a record: Claude Code reads
 * lines.
 */
public final class RecordScanner implements Closeable {

    /** What a stretch of the file is. */
    public enum ScanKind {
        /** One whole JSON object. */
        RECORD,
        /** Something that begins as an object and is not a whole one, or what a crash left of a line. */
        TORN,
        /** A blank line, or something else that is no record. */
        OTHER
    }

    private static final int MOST_OF_A_VALUE = 8192;
    private static final int MOST_OF_A_MESSAGE = 512;

    private final Capture text = new Capture(MOST_OF_A_VALUE);
    private final Capture message = new Capture(MOST_OF_A_MESSAGE);
    private final ByteCursor bytes;
    private final ScannedRecord found = new ScannedRecord();
    private final StrictJson json;
    private ScanKind kind = ScanKind.OTHER;
    private long start;
    private long brace;
    private long end;
    private boolean endsWithNewline;

    public RecordScanner(InputStream in) {
        this.bytes = new ByteCursor(in, text, message);
        this.json = new StrictJson(bytes, text, found);
    }

    /** Goes on to the next stretch; false at the end of the file. */
    public boolean next() throws IOException {
        found.clear();
        start = bytes.position();
        endsWithNewline = false;
        kind = start == 0 && bytes.beginsWith((byte) 0xEF, (byte) 0xBB, (byte) 0xBF) ? ScanKind.OTHER : stretch();
        end = bytes.position();
        return end > start;
    }

    private ScanKind stretch() throws IOException {
        return switch (bytes.nextMark()) {
            case ByteCursor.END -> ScanKind.OTHER;
            case '\n' -> {
                endsWithNewline = true;
                yield ScanKind.OTHER;
            }
            case '{' -> object() ? behindObject() : restOfLine(ScanKind.TORN);
            case 0 -> behindNuls();
            default -> restOfLine(ScanKind.OTHER);
        };
    }

    private boolean object() throws IOException {
        boolean whole = json.object();
        brace = bytes.position() - 1;
        return whole;
    }

    private ScanKind behindObject() throws IOException {
        int rest = bytes.nextMark();
        if (rest == '{' || rest == 0) {
            // The line break between was never written: what follows is a stretch of its own.
            bytes.back();
        } else if (rest == '\n') {
            endsWithNewline = true;
        } else if (rest != ByteCursor.END) {
            return restOfLine(ScanKind.OTHER);
        }
        return ScanKind.RECORD;
    }

    private ScanKind behindNuls() throws IOException {
        int b = 0;
        while (b == 0) {
            b = bytes.next();
        }
        endsWithNewline = b == '\n';
        if (b != ByteCursor.END && b != '\n') {
            bytes.back();
        }
        return ScanKind.TORN;
    }

    private ScanKind restOfLine(ScanKind result) throws IOException {
        endsWithNewline = bytes.passLine();
        return result;
    }

    public ScanKind kind() {
        return kind;
    }

    public long start() {
        return start;
    }

    /** The offset of a record's closing brace. */
    public long brace() {
        return brace;
    }

    /** The offset behind the stretch, its line break included. */
    public long end() {
        return end;
    }

    public boolean endsWithNewline() {
        return endsWithNewline;
    }

    /** A string field's value, when it is there, is a string and is not overlong. */
    public Optional<String> text(RecordField field) {
        return Optional.ofNullable(found.values.get(field)).flatMap(FieldValue::asText);
    }

    public boolean is(RecordField field, String value) {
        return text(field).filter(value::equals).isPresent();
    }

    public boolean isTrue(RecordField field) {
        FieldValue value = found.values.get(field);
        return value != null && value.isTrue();
    }

    /** Whether the field is there and not null. */
    public boolean has(RecordField field) {
        FieldValue value = found.values.get(field);
        return value != null && !value.isNull();
    }

    /** Where a field's string or literal begins, its quote included; 0 without such a value. */
    public long startOf(RecordField field) {
        FieldValue value = found.values.get(field);
        return value == null ? 0 : value.start();
    }

    /** The offset behind a field's string or literal; 0 without such a value. */
    public long endOf(RecordField field) {
        FieldValue value = found.values.get(field);
        return value == null ? 0 : value.end();
    }

    /** The first bytes of the field "message" or "attachment", whichever it has, as they stand in the file. */
    public String messageStart() {
        return message.asText();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /** The fields of one record. */
    private final class ScannedRecord implements StrictJson.Finder {
        private final Map<RecordField, FieldValue> values = new EnumMap<>(RecordField.class);
        private RecordField field = RecordField.NONE;
        private RecordField below = RecordField.NONE;

        void clear() {
            values.clear();
            message.drop();
        }

        @Override
        public boolean key(byte[] key, int length) {
            field = RecordField.of(key, length, RecordField.NONE);
            return field != RecordField.PROTOTYPE;
        }

        @Override
        public boolean keyBelow(byte[] key, int length) {
            below = field == RecordField.NONE ? RecordField.NONE : RecordField.of(key, length, field);
            return below != RecordField.PROTOTYPE;
        }

        @Override
        public boolean wantsText(int depth) {
            return at(depth) != RecordField.NONE;
        }

        @Override
        public void text(int depth, Capture text, long start, long end) {
            values.put(at(depth), FieldValue.ofString(text.asText(), text.isWhole(), start, end));
        }

        private RecordField at(int depth) {
            return depth == 1 ? field : below;
        }

        @Override
        public void literal(byte first, long start, long end) {
            if (field != RecordField.NONE) {
                values.put(field, FieldValue.ofLiteral(first, start, end));
            }
        }

        @Override
        public void beginCompound() {
            below = RecordField.NONE;
            if (field != RecordField.NONE) {
                values.put(field, FieldValue.COMPOUND);
                if (field == RecordField.MESSAGE || field == RecordField.ATTACHMENT) {
                    bytes.begin(message, 1);
                }
            }
        }

        @Override
        public void endCompound() {
            bytes.end(message, 0);
        }
    }
}
