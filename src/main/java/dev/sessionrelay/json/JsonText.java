package dev.sessionrelay.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What stands between the quotes of a JSON string. */
public final class JsonText {
    private JsonText() {}

    /** The text's bytes without its escapes; what is no escape stays as it is. */
    public static byte[] decoded(byte[] raw) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(raw.length);
        int at = 0;
        while (at < raw.length) {
            byte b = raw[at++];
            if (b != '\\' || at == raw.length) {
                text.write(b);
                continue;
            }
            byte escape = raw[at++];
            switch (escape) {
                case 'b' -> text.write('\b');
                case 'f' -> text.write('\f');
                case 'n' -> text.write('\n');
                case 'r' -> text.write('\r');
                case 't' -> text.write('\t');
                case 'u' -> at = unicode(raw, at, text);
                default -> text.write(escape);
            }
        }
        return text.toByteArray();
    }

    /** Decodes a unit whose digits begin here; the answer is the place behind it. */
    private static int unicode(byte[] raw, int at, ByteArrayOutputStream text) {
        int unit = hex(raw, at);
        if (unit < 0) {
            text.write('u');
            return at;
        }
        int end = at + 4;
        String written = String.valueOf((char) unit);
        if (Character.isHighSurrogate((char) unit) && end + 1 < raw.length && raw[end] == '\\' && raw[end + 1] == 'u') {
            int low = hex(raw, end + 2);
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                written += (char) low;
                end += 6;
            }
        }
        text.writeBytes(written.getBytes(StandardCharsets.UTF_8));
        return end;
    }

    private static int hex(byte[] raw, int at) {
        if (at + 4 > raw.length) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(raw[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
