package dev.sessionrelay.transcript;

import dev.sessionrelay.json.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The value of a field as the scanner met it: a string as it stands in the file, a literal's first letter, or no more.
 *
 * @param start where it begins, and {@code end} the place behind it; both 0 for a compound
 */
record FieldValue(Form form, String raw, long start, long end) {
    static final FieldValue COMPOUND = new FieldValue(Form.COMPOUND, "", 0, 0);

    enum Form {
        STRING,
        /** A string too long to be of use here. */
        LONG_STRING,
        LITERAL,
        COMPOUND
    }

    static FieldValue ofString(String raw, boolean whole, long start, long end) {
        return new FieldValue(whole ? Form.STRING : Form.LONG_STRING, raw, start, end);
    }

    static FieldValue ofLiteral(byte first, long start, long end) {
        return new FieldValue(Form.LITERAL, String.valueOf((char) first), start, end);
    }

    boolean isTrue() {
        return form == Form.LITERAL && raw.equals("t");
    }

    boolean isNull() {
        return form == Form.LITERAL && raw.equals("n");
    }

    Optional<String> asText() {
        return form == Form.STRING ? Optional.of(decoded(raw)) : Optional.empty();
    }

    /** What a string stands for whose JSON is known to be well-formed. */
    static String decoded(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        try {
            return JsonTree.USUAL.read("\"" + raw + "\"").asText();
        } catch (IOException e) {
            throw new UncheckedIOException("a string that was read cannot be read", e);
        }
    }
}
