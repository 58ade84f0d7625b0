package dev.sessionrelay.protect.redact;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads what stands in a text in base64, in hexadecimal digits or as a tool prints bytes. */
final class Encoded {
    private static final int LONGEST_HEX = 1 << 15;
    private static final int SHORTEST_HEX = 16;
    private static final int MOST_LINES = 4096;
    private static final int BYTES_OF_LINE = 16;

    private Encoded() {}

    /** Text in base64, as UTF-8 or as PowerShell takes it; null where it is something else. */
    static @Nullable Hidden base64(Text text, int from, int to) {
        byte[] raw = text.copy(from, (to - from) % 4 == 1 ? to - 1 : to);
        for (int i = 0; i < raw.length; i++) {
            raw[i] = raw[i] == '-' ? (byte) '+' : raw[i] == '_' ? (byte) '/' : raw[i];
        }
        boolean plain = Base64Text.startsAsText(raw);
        if (!plain && !Base64Text.startsAsUnits(raw)) {
            return null;
        }
        byte[] decoded = Base64.getDecoder().decode(raw);
        int step = plain ? 1 : 2;
        Hidden.Builder hidden = new Hidden.Builder();
        for (int i = 0; i < decoded.length; i += step) {
            if (!plain && i + 1 < decoded.length && decoded[i + 1] != 0) {
                return null;
            }
            int last = i + step - 1;
            hidden.add(decoded[i], from + i / 3 * 4, Math.min(to, from + (last / 3 + 1) * 4));
        }
        Hidden whole = hidden.build();
        return whole.isText() ? whole : null;
    }

    /** Pairs of digits, with or without one sign between them. */
    static @Nullable Hidden hex(Text text, int from) {
        byte[] b = text.bytes();
        int start = text.start();
        int end = start + Math.min(text.length(), from + LONGEST_HEX);
        int at = start + from;
        byte sign = at + 2 < end && Character.digit(b[at + 2], 16) < 0 ? b[at + 2] : 0;
        Hidden.Builder hidden = new Hidden.Builder();
        while (at + 1 < end && Character.digit(b[at], 16) >= 0 && Character.digit(b[at + 1], 16) >= 0) {
            hidden.add(value(b, at), at - start, at + 2 - start);
            at += 2;
            if (sign != 0 && at < end && b[at] == sign) {
                at++;
            } else if (sign != 0) {
                break;
            }
        }
        return hidden.size() >= SHORTEST_HEX ? hidden.build() : null;
    }

    private static int value(byte[] b, int at) {
        return Character.digit(b[at], 16) * 16 + Character.digit(b[at + 1], 16);
    }

    /** What {@code xxd}, {@code hexdump -C} and {@code od} print: offsets, digits, and the text again. */
    static @Nullable Hidden dump(Text text, int from) {
        byte[] b = text.bytes();
        int start = text.start();
        int end = start + text.length();
        Hidden.Builder hidden = new Hidden.Builder();
        int line = start + from;
        for (int count = 0; count < MOST_LINES && line < end; count++) {
            int stop = line;
            while (stop < end && b[stop] != '\n' && stop - line < 200) {
                stop++;
            }
            int before = hidden.size();
            line(b, line, stop, start, hidden);
            if (hidden.size() == before || stop - line >= 200) {
                break;
            }
            // The text beside the digits is gone with any of them.
            hidden.extend(before, stop - start);
            line = stop + 1;
        }
        return hidden.size() == 0 ? null : hidden.build();
    }

    private static void line(byte[] b, int from, int stop, int start, Hidden.Builder hidden) {
        int at = from;
        while (at < stop && b[at] == ' ') {
            at++;
        }
        int offset = at;
        while (at < stop && Character.digit(b[at], 16) >= 0) {
            at++;
        }
        if (at - offset < 4 || at - offset > 16) {
            return;
        }
        at += at < stop && b[at] == ':' ? 1 : 0;
        int bytes = 0;
        while (at < stop && bytes < BYTES_OF_LINE) {
            int blank = at;
            while (at < stop && b[at] == ' ') {
                at++;
            }
            boolean gap = at - blank > 2 || (at - blank == 2 && bytes > 0 && bytes % 8 != 0);
            if ((gap && bytes > 0) || at + 1 >= stop || b[at] == '|') {
                return;
            }
            int group = at;
            while (at + 1 < stop && Character.digit(b[at], 16) >= 0 && Character.digit(b[at + 1], 16) >= 0) {
                hidden.add(value(b, at), at - start, at + 2 - start);
                bytes++;
                at += 2;
            }
            if (at == group) {
                return;
            }
        }
    }
}
