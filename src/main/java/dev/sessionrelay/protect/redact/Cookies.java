package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** {@code Cookie: a=b; c=d}: those whose names or values say that they let somebody in. */
final class Cookies {
    private final byte[] b;
    private final int end;
    private final CommandScan.Secrets secrets;

    Cookies(byte[] bytes, int end, CommandScan.Secrets secrets) {
        this.b = bytes;
        this.end = end;
        this.secrets = secrets;
    }

    /** The last field of a line of a cookie file, in which tabs stand between the fields. */
    void field(int to) {
        int from = to;
        int at = to;
        while (at < end && at - to < 4096 && b[at] != '\n' && b[at] != '\r') {
            from = b[at] == '\t' ? at + 1 : from;
            at++;
        }
        if (at > from
                && Plausible.isSecret(
                        string(from, Math.min(at, from + 512)), Value.How.OPTION, true, SecretName.NameKind.TOKEN)) {
            secrets.found(from, at);
        }
    }

    void look(int to) {
        int at = to;
        int stop = Math.min(end, to + 4096);
        while (at < stop && b[at] != '\n' && b[at] != '\r') {
            int name = at;
            while (at < stop && (isOfName(b[at]) || b[at] == '%')) {
                at++;
            }
            if (at == name || at >= stop || b[at] != '=') {
                at++;
                continue;
            }
            int from = at + 1;
            at = from;
            while (at < stop && b[at] > ' ' && ";\"\\".indexOf(b[at]) < 0 && !closes(at)) {
                at++;
            }
            String cookie = string(name, from - 1).toLowerCase(Locale.ROOT);
            boolean told = cookie.contains("sess")
                    || cookie.contains("sid")
                    || cookie.contains("auth")
                    || cookie.contains("token")
                    || cookie.contains("jwt")
                    || cookie.contains("remember")
                    || cookie.contains("login")
                    || cookie.equals("id");
            String value = string(from, Math.min(at, from + 512));
            boolean attribute = cookie.equals("path")
                    || cookie.equals("expires")
                    || cookie.equals("domain")
                    || cookie.equals("max-age");
            if (!attribute
                    && (told || (value.length() >= 16 && !Wordiness.isWordy(value)))
                    && Plausible.isSecret(value, Value.How.OPTION, true, SecretName.NameKind.PASSWORD)) {
                secrets.found(from, at);
            }
        }
    }

    /** Whether a single quote ends what stands before it. */
    private boolean closes(int at) {
        return b[at] == '\'' && (at + 1 >= end || !isOfName(b[at + 1]));
    }

    private static boolean isOfName(byte c) {
        return Chars.is(c, Chars.LETTER | Chars.DIGIT) || c == '_' || c == '-' || c == '.' || c < 0;
    }

    private String string(int from, int to) {
        return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
