package dev.sessionrelay.claude;

import dev.sessionrelay.bundle.JsonTree;
import java.io.IOException;
import java.util.Optional;

/** The value of a field as the scanner met it: a string as it stands in the file, a literal's first letter, or no more. */
record FieldValue(Form form, String raw) {
    static final FieldValue COMPOUND = new FieldValue(Form.COMPOUND, "");

    enum Form {
        STRING,
        /** A string too long to be of use here. */
        LONG_STRING,
        LITERAL,
        COMPOUND
    }

    static FieldValue ofString(String raw, boolean whole) {
        return new FieldValue(whole ? Form.STRING : Form.LONG_STRING, raw);
    }

    static FieldValue ofLiteral(byte first) {
        return new FieldValue(Form.LITERAL, String.valueOf((char) first));
    }

    boolean isTrue() {
        return form == Form.LITERAL && raw.equals("t");
    }

    boolean isNull() {
        return form == Form.LITERAL && raw.equals("n");
    }

    Optional<String> asText() {
        if (form != Form.STRING) {
            return Optional.empty();
        }
        if (raw.indexOf('\\') < 0) {
            return Optional.of(raw);
        }
        try {
            return Optional.of(JsonTree.USUAL.read("\"" + raw + "\"").asText());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
