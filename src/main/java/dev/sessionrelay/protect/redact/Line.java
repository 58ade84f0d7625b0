package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Lines of {@code .env}, YAML and scripts, where what follows a name is a literal without quotes. */
final class Line {
    private static final int LONGEST_BEFORE = 48;
    private static final Set<String> STARTS =
            Set.of("export", "set", "setenv", "env", "arg", "declare", "local", "readonly", "typeset");

    private Line() {}

    /** Whether this value, as it stands behind its name, is no expression of a program. */
    static boolean isLiteral(byte[] b, int begin, int end, int nameFrom, Value value) {
        if (value.quoted()) {
            return true;
        }
        boolean assigned = value.how() == Value.How.ENV;
        if (!assigned && value.how() != Value.How.LINE) {
            return false;
        }
        if (assigned && Wordiness.isUpper((char) (b[nameFrom] & 0xFF)) && isEndOfWord(b, value.to(), end)) {
            return true;
        }
        return isFirst(b, begin, nameFrom) && isLast(b, value.to(), end) && (assigned || !isSpaced(b, value.from()));
    }

    /** A capital name, or one at a line's beginning or behind a word that shells have there. */
    static boolean isInShell(byte[] b, int begin, int nameFrom) {
        if (Wordiness.isUpper((char) (b[nameFrom] & 0xFF))) {
            return true;
        }
        if (nameFrom == begin) {
            return true;
        }
        byte before = b[nameFrom - 1];
        if (before == '(' || before == '.') {
            return false;
        }
        return before == '\n'
                || before == ';'
                || before == '"'
                || before == '\''
                || before == ' '
                || before == '-'
                || before == '&'
                || before == '?'
                || before == 0
                || before == '_'
                || before == ':'
                || before == ','
                || before == '\t';
    }

    /** "Pass the-handle on": a sentence, where no digit says otherwise. */
    static boolean isSentence(byte[] b, int nameFrom, Value value) {
        int behind = nameFrom + 4;
        if (value.how() != Value.How.LINE || value.from() != behind + 1 || b[behind] != ' ') {
            return false;
        }
        for (int i = value.from(); i < value.to(); i++) {
            if (Chars.is(b[i], Chars.DIGIT)) {
                return false;
            }
        }
        return Words.lower(b, nameFrom, behind).equals("pass");
    }

    private static boolean isEndOfWord(byte[] b, int at, int end) {
        return at >= end || Chars.is(b[at], Chars.SPACE) || b[at] == '"' || b[at] == '\'' || b[at] == '\\';
    }

    /** {@code name = x} is a line of a program as well. */
    private static boolean isSpaced(byte[] b, int from) {
        int at = from;
        while (at > 0 && (b[at - 1] == ' ' || b[at - 1] == '\t')) {
            at--;
        }
        return at > 0 && b[at - 1] == '=';
    }

    private static boolean isFirst(byte[] b, int begin, int nameFrom) {
        int line = nameFrom;
        while (line > begin && b[line - 1] != '\n' && nameFrom - line <= LONGEST_BEFORE) {
            line--;
        }
        while (line < nameFrom && " \t\"'>+-".indexOf(b[line]) >= 0) {
            line++;
        }
        String before = new String(b, line, nameFrom - line, StandardCharsets.ISO_8859_1).strip();
        return before.isEmpty() || STARTS.contains(before.toLowerCase(Locale.ROOT));
    }

    private static boolean isLast(byte[] b, int to, int end) {
        int at = to;
        while (at < end && (b[at] == ' ' || b[at] == '\t' || b[at] == '\r' || b[at] == '"' || b[at] == '\'')) {
            at++;
        }
        return at >= end || b[at] == '\n' || b[at] == '#' || b[at] == '\\';
    }
}
