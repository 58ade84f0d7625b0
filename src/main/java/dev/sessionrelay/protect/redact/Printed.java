package dev.sessionrelay.protect.redact;

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
            Shape shape = Shape.of(v);
            boolean hex = v.length() >= 24 && shape.letters() + shape.digits() == v.length();
            if (Plausible.isSecret(v, Value.How.OPTION, true, SecretName.NameKind.PASSWORD)
                    || (hex && shape.digits() > 2)) {
                secrets.found(first, stopped);
            }
        }
    }

    /** The value of what was asked for by its name, alone on the next line: {@code >>> password}. */
    boolean below(int nameFrom, int nameTo) {
        int line = nameFrom;
        int stop = Math.max(begin, nameFrom - LONGEST_COMMAND);
        while (line > stop && b[line - 1] != '\n') {
            line--;
        }
        if (!asks(line, nameFrom)) {
            return false;
        }
        int next = nameTo;
        stop = Math.min(end, nameTo + 48);
        while (next < stop && b[next] != '\n') {
            next++;
        }
        if (next >= stop) {
            return false;
        }
        int first = behindMark(next + 1);
        boolean quoted = first < end && (b[first] == '"' || b[first] == '\'');
        int from = quoted ? first + 1 : first;
        int to = from;
        while (to < end && to - from < 256 && (b[to] > ' ' || b[to] < 0) && !(quoted && b[to] == b[first])) {
            to++;
        }
        int behind = to + (quoted && to < end && b[to] == b[first] ? 1 : 0);
        if ((behind < end && b[behind] != '\n' && b[behind] != '\r') || to == from) {
            return false;
        }
        String v = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
        Shape shape = Shape.of(v);
        boolean odd = shape.digits() > 0 && shape.letters() > 0 && (!shape.wordy() || shape.digits() > 1);
        if ((quoted || odd) && Plausible.isSecret(v, Value.How.OPTION, true, SecretName.NameKind.PASSWORD)) {
            secrets.found(from, to);
            return true;
        }
        return false;
    }

    /** Whether a shell's, a program's or a debugger's prompt begins this line. */
    private boolean asks(int line, int nameFrom) {
        int stop = Math.min(nameFrom, line + 40);
        for (int i = line; i < stop; i++) {
            boolean sign = b[i] == '>' || b[i] == '$' || b[i] == '#' || b[i] == '%' || b[i] == ':' || b[i] == ')';
            boolean alone = i == line || b[i] != ':' || b[i - 1] == ']';
            if (sign && alone && i + 1 < end && b[i + 1] == ' ') {
                return b[i] != ')' || b[line] == '(';
            }
        }
        return false;
    }

    /** Behind what announces a result: {@code => }, {@code $1 = 0x4005d4 }, {@code Out[1]: }. */
    private int behindMark(int from) {
        int at = from;
        for (int count = 0; count < 4; count++) {
            while (at < end && (b[at] == ' ' || b[at] == '\t')) {
                at++;
            }
            boolean mark = at < end
                    && (b[at] == '='
                            || b[at] == '$'
                            || Runs.startsWith(b, at, end, "Out[")
                            || Runs.startsWith(b, at, end, "0x"));
            if (!mark) {
                return at;
            }
            int word = at;
            while (at < end && b[at] > ' ') {
                at++;
            }
            if (at >= end || b[at] == '\n') {
                return word;
            }
        }
        return at;
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
