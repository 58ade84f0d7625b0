package dev.sessionrelay.prepare.redact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a command that reads a secret printed: the line below it, where that is one word. */
final class Printed {
    private static final int LONGEST_COMMAND = 300;
    private static final String[] OF_SECRETS = {"pass", "secret", "token", "cred", "auth", "key", "pwd"};

    private final byte[] b;
    private final int begin;
    private final int end;
    private final CommandScan.Secrets secrets;

    Printed(byte[] bytes, int begin, int end, CommandScan.Secrets secrets) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
        this.secrets = secrets;
    }

    void look(int from, int to) {
        int line = from;
        int stop = Math.max(begin, from - LONGEST_COMMAND);
        while (line > stop && b[line - 1] != '\n') {
            line--;
        }
        int next = to;
        stop = Math.min(end, to + LONGEST_COMMAND);
        while (next < stop && b[next] != '\n') {
            next++;
        }
        if (next >= stop
                || (b[line] != '$' && b[line] != '#' && b[line] != '>' && b[line] != '%' && !prompts(line, from))) {
            return;
        }
        String command = new String(b, line, next - line, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        boolean plain = b[from] == 'c' || b[from] == 'e' || command.contains("base64 -d");
        boolean about = false;
        for (String word : OF_SECRETS) {
            about |= command.contains(word);
        }
        if (plain && !about) {
            return;
        }
        for (int count = 0; count < 3 && next + 1 < end; count++) {
            int first = next + 1;
            next = first;
            while (next < end && b[next] > ' ' && next - first < 512) {
                next++;
            }
            int stopped = next;
            while (next < end && b[next] == '\r') {
                next++;
            }
            if (next < end && b[next] != '\n') {
                return;
            }
            String v = new String(b, first, stopped - first, StandardCharsets.ISO_8859_1);
            Plausible.Shape shape = Plausible.Shape.of(v);
            boolean hex = v.length() >= 24 && shape.letters() + shape.digits() == v.length();
            if (Plausible.isSecret(v, Value.How.OPTION, true, SecretName.Kind.PASSWORD)
                    || (hex && shape.digits() > 2)) {
                secrets.found(first, stopped);
            }
        }
    }

    private boolean prompts(int line, int from) {
        for (int i = line; i < from - 1; i++) {
            if ((b[i] == '$' || b[i] == '#' || b[i] == '%') && b[i + 1] == ' ') {
                return true;
            }
        }
        return false;
    }
}
