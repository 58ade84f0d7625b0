package dev.sessionrelay.prepare.redact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Secrets that a sentence tells: "the password for the database is X", "use X as the token", "Passwort lautet X". */
final class Prose {
    private static final Set<String> SAYING = Set.of(
            "is",
            "was",
            "be",
            "are",
            "to",
            "ist",
            "lautet",
            "war",
            "heisst",
            "est",
            "es",
            "era",
            "será",
            "sera",
            "sei",
            "auf",
            "now",
            "on",
            "called",
            "worked",
            "reads",
            "equals",
            "became",
            "becomes",
            "remains",
            "=",
            "->",
            ":",
            "/",
            "-",
            "\u00e2\u0080\u0093",
            "\u00e2\u0080\u0094",
            "\u00c3\u00a9",
            "\u00c3\u00a8",
            "jest",
            "je",
            "\u00c3\u00a4r",
            "er",
            "and",
            "und",
            "only",
            "set",
            "\u2192",
            "in",
            "into",
            "with",
            "mit",
            "por",
            "par");
    private static final Set<String> AS = Set.of("as", "als", "como", "comme", "is", "ist", "est", "es", "was", "war");
    private static final int MOST_WORDS = 10;
    private static final int REACH = 110;

    private final byte[] b;
    private final int begin;
    private final int end;

    Prose(byte[] bytes, int begin, int end) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
    }

    void around(int nameFrom, int nameTo, CommandScan.Secrets secrets) {
        after(nameTo, secrets);
        before(nameFrom, secrets);
    }

    private void after(int nameTo, CommandScan.Secrets secrets) {
        int at = nameTo;
        int stop = Math.min(end, nameTo + REACH);
        while (at < stop && "\"'`*_)".indexOf(b[at]) >= 0) {
            at++;
        }
        boolean said = at < stop && b[at] == ':';
        if (at < stop && !said && b[at] != ' ' && b[at] != '\t') {
            return;
        }
        at += said ? 1 : 0;
        for (int count = 0; count < MOST_WORDS && at < stop; count++) {
            boolean told = at > begin && b[at - 1] == ':';
            while (at < stop && (b[at] == ' ' || b[at] == '\t' || (((said && count == 0) || told) && b[at] == '\n'))) {
                at++;
            }
            int from = at;
            while (at < end && at - from < 256 && (b[at] > ' ' || b[at] < 0)) {
                at++;
            }
            if (at == from) {
                return;
            }
            String word = new String(b, from, at - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            if (isTold(from, at, said || count == 0, secrets)) {
                return;
            }
            said = SAYING.contains(word) || word.endsWith(":") || word.equals("hei\u00c3\u009ft");
            if (word.endsWith(".") || word.endsWith("?")) {
                return;
            }
        }
    }

    private void before(int nameFrom, CommandScan.Secrets secrets) {
        int at = nameFrom;
        boolean said = false;
        for (int count = 0; count < 6; count++) {
            while (at > begin && "\"'`*_ (".indexOf(b[at - 1]) >= 0) {
                said |= b[at - 1] == '(' && count > 0;
                at--;
            }
            int to = at;
            while (at > begin && to - at < 128 && (b[at - 1] > ' ' || b[at - 1] < 0)) {
                at--;
            }
            if (at == to) {
                return;
            }
            if (said) {
                isTold(at, to, true, secrets);
                return;
            }
            String word = new String(b, at, to - at, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            said = AS.contains(word);
        }
    }

    /** "login: bob / x", "log in with bob:x". */
    void login(int to, CommandScan.Secrets secrets) {
        int at = to;
        int stop = Math.min(end, to + 64);
        for (int count = 0; count < 5 && at < stop; count++) {
            while (at < stop && " \t:`\"'*".indexOf(b[at]) >= 0) {
                at++;
            }
            int from = at;
            while (at < end && at - from < 200 && (b[at] > ' ' || b[at] < 0)) {
                at++;
            }
            if (at == from || b[from] == '-') {
                return;
            }
            int user = from;
            while (user < at && (Chars.is(b[user], Chars.LETTER | Chars.DIGIT) || "._-@".indexOf(b[user]) >= 0)) {
                user++;
            }
            if (user > from && user < at - 6 && (b[user] == ':' || b[user] == '/')) {
                isTold(user + 1, at, true, secrets);
                return;
            }
            boolean alone = at - from == 1 && (b[from] == '/' || b[from] == '|');
            if (alone) {
                int next = at;
                while (next < end && b[next] == ' ') {
                    next++;
                }
                int close = next;
                while (close < end && close - next < 200 && (b[close] > ' ' || b[close] < 0)) {
                    close++;
                }
                isTold(next, close, true, secrets);
                return;
            }
        }
    }

    /** Behind a name in another script: signs and short words of that language, and then what it is. */
    void foreign(int to, CommandScan.Secrets secrets) {
        int at = to;
        for (int count = 0; count < 6; count++) {
            int stop = Math.min(end, at + 24);
            while (at < stop && (b[at] < 0 || " \t:=\"'`*".indexOf(b[at]) >= 0)) {
                at++;
            }
            int from = at;
            while (at < end && at - from < 200 && b[at] > ' ') {
                at++;
            }
            if (at - from >= 6 && isTold(from, at, true, secrets)) {
                return;
            }
            if (at == from || at - from > 10) {
                return;
            }
        }
    }

    /** The words of a mnemonic: at least twelve short ones in a row. */
    void words(int to, CommandScan.Secrets secrets) {
        int at = to;
        int stop = Math.min(end, to + 24);
        while (at < stop && !Wordiness.isLower((char) b[at])) {
            at++;
        }
        int from = at;
        int count = 0;
        int last = at;
        while (at < end && count < 24) {
            int word = at;
            while (at < end && Wordiness.isLower((char) b[at])) {
                at++;
            }
            if (at - word < 3 || at - word > 8) {
                break;
            }
            count++;
            last = at;
            int blank = at;
            while (at < end
                    && at - blank < 8
                    && (" \t\n,".indexOf(b[at]) >= 0 || Chars.is(b[at], Chars.DIGIT) || b[at] == '.')) {
                at++;
            }
            if (at == blank) {
                break;
            }
        }
        if (count >= 12) {
            secrets.found(from, last);
        }
    }

    /** @param sure whether the words before announced it */
    private boolean isTold(int start, int stop, boolean sure, CommandScan.Secrets secrets) {
        int from = start;
        int to = stop;
        boolean quoted = false;
        while (from < to && "\"'`*(<_\u00ab".indexOf(b[from] & 0xFF) >= 0 && b[from] > 0) {
            quoted = true;
            from++;
        }
        while (to > from
                && ("\"'`*)>_.,;:".indexOf(b[to - 1]) >= 0 || ((b[to - 1] == '!' || b[to - 1] == '?') && !sure))) {
            to--;
        }
        if (to - from < 6 || !sure) {
            return false;
        }
        String v = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
        if (v.contains("=\"")
                || v.contains("</")
                || v.contains("[0]")
                || v.contains("[:")
                || v.contains("://")
                || v.startsWith("/")) {
            return false;
        }
        Plausible.Shape shape = Plausible.Shape.of(v);
        boolean mixed = shape.digits() > 0 && shape.letters() > 0;
        boolean odd =
                !shape.wordy() && (mixed || shape.changes() >= 3 || (shape.oddSigns() > 1 && shape.letters() > 2));
        boolean human = Plausible.isPhrase(v, shape)
                || (mixed && shape.wordy() && shape.separators() == 0 && (shape.digits() >= 2 || v.length() >= 9));
        if ((odd || human)
                && (quoted || v.indexOf('(') < 0)
                && Plausible.isSecret(v, Value.How.OPTION, true, SecretName.Kind.PASSWORD)) {
            secrets.found(from, to);
            return true;
        }
        return false;
    }
}
