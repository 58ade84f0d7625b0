package dev.sessionrelay.protect.redact;

/** A short option that is a password wherever the same command is given a user: {@code tool -u bob -p x}. */
final class UserOptions {
    private static final int MOST_BETWEEN = 240;
    private static final String[] USERS = {" -u ", " -U ", " -l ", " --user", " -user", " -D ", " /u:", " -login "};

    private final byte[] b;
    private final int begin;
    private final int end;
    private final CommandScan.Secrets secrets;

    UserOptions(byte[] bytes, int begin, int end, CommandScan.Secrets secrets) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
        this.secrets = secrets;
    }

    /** Whether the command names a user, before the option or behind it. */
    static boolean areBeside(byte[] text, int begin, int from, int to, int end) {
        int start = from;
        int least = Math.max(begin, from - MOST_BETWEEN);
        while (start > least && !endsCommand(text[start - 1])) {
            start--;
        }
        int stop = Math.min(end, to + MOST_BETWEEN);
        for (int i = start; i < stop; i++) {
            if (i >= to && endsCommand(text[i])) {
                return false;
            }
            if (text[i] == ' ') {
                for (String user : USERS) {
                    if (Runs.startsWith(text, i, stop, user)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean endsCommand(byte c) {
        return c == '\n' || c == '|' || c == ';';
    }

    void look(int from, int to) {
        if (!areBeside(b, begin, from, to, end)) {
            return;
        }
        new CommandLine(b, to, end).words().stream().limit(1).forEach(word -> {
            if (!word.text().startsWith("-")) {
                secrets.found(word.from(), word.to());
            }
        });
    }
}
