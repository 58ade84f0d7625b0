package dev.sessionrelay.protect.redact;

/** What {@code echo} or a here-document gives to a command that reads a password from its standard input. */
final class Piped {
    private static final int LONGEST = 512;

    private final byte[] b;
    private final int begin;
    private final int end;
    private final CommandScan.Secrets secrets;

    Piped(byte[] bytes, int begin, int end, CommandScan.Secrets secrets) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
        this.secrets = secrets;
    }

    /** What is echoed before this place, on its line. */
    void echoed(int from) {
        int line = from;
        int stop = Math.max(begin, from - LONGEST);
        while (line > stop && b[line - 1] != '\n') {
            line--;
        }
        for (int i = line; i < from; i++) {
            if (Runs.startsWith(b, i, from, "echo ")
                    || Runs.startsWith(b, i, from, "printf ")
                    || Runs.startsWith(b, i, from, "yes ")) {
                int behind = i + (b[i] == 'y' ? 4 : b[i] == 'e' ? 5 : 7);
                for (CommandLine.ArgumentWord word : new CommandLine(b, behind, from).words()) {
                    if (b[i] != 'p' || word.text().indexOf('%') < 0) {
                        pieces(word.from(), word.to());
                    }
                }
                return;
            }
        }
    }

    /** {@code cmd <<< 'x'} */
    void hereString(int to) {
        new CommandLine(b, to, end).words().stream().limit(1).forEach(word -> pieces(word.from(), word.to()));
    }

    void look(int from, int to) {
        echoed(from);
        int lineEnd = to;
        int stop = Math.min(end, to + LONGEST);
        while (lineEnd < stop && b[lineEnd] != '\n') {
            if (Runs.startsWith(b, lineEnd, stop, "<<<")) {
                hereString(lineEnd + 3);
                return;
            }
            if (Runs.startsWith(b, lineEnd, stop, "<<")) {
                document(lineEnd + 2);
                return;
            }
            lineEnd++;
        }
    }

    /** The lines up to the word that ends the document. */
    private void document(int from) {
        int mark = from;
        while (mark < end && "-~ '\"\\".indexOf(b[mark]) >= 0) {
            mark++;
        }
        if (mark >= end || !Wordiness.isUpper((char) b[mark])) {
            return;
        }
        int markEnd = mark;
        while (markEnd < end && Chars.is(b[markEnd], Chars.LETTER | Chars.DIGIT)) {
            markEnd++;
        }
        int line = markEnd;
        while (line < end && b[line] != '\n') {
            line++;
        }
        for (int count = 0; count < 64 && line + 1 < end; count++) {
            int first = line + 1;
            line = first;
            while (line < end && b[line] != '\n') {
                line++;
            }
            if (line - first == markEnd - mark && java.util.Arrays.equals(b, first, line, b, mark, markEnd)) {
                return;
            }
            pieces(first, line);
        }
    }

    /** A password, or a user and a password; without the line breaks that printf is told. */
    private void pieces(int start, int stop) {
        int from = start;
        int to = stop;
        while (from < to && b[from] <= ' ' && b[from] >= 0) {
            from++;
        }
        while (to - from > 2 && b[to - 2] == '\\' && (b[to - 1] == 'n' || b[to - 1] == 'r')) {
            to -= 2;
        }
        int colon = from;
        while (colon < to
                && (Chars.is(b[colon], Chars.LETTER | Chars.DIGIT)
                        || b[colon] == '_'
                        || b[colon] == '-'
                        || b[colon] == '.')) {
            colon++;
        }
        if (colon > from && colon < to && b[colon] == ':') {
            from = colon + 1;
        }
        if (to > from) {
            secrets.found(from, to);
        }
    }
}
