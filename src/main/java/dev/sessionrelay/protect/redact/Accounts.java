package dev.sessionrelay.protect.redact;

import java.util.Set;

/** A user and a password that a sentence tells side by side: "log in with bob and x", "bob@example.com / x". */
final class Accounts {
    /** What stands between a user and the password. */
    private static final Set<String> JOINING = Set.of(
            "with", "mit", "avec", "con", "com", "using", "met", "and", "und", "et", "y", "e", "en", "/", "|", "&", ":",
            "+", "by");

    private final byte[] b;
    private final int begin;
    private final int end;

    Accounts(byte[] bytes, int begin, int end) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
    }

    /** "login: bob / x", "log in with bob:x", "unlock it with x". */
    void login(int to, CommandScan.Secrets secrets) {
        Told told = new Told(b, secrets);
        int at = to;
        while (at < end && at - to < 6 && (Wordiness.isLetter((char) (b[at] & 0xFF)) || b[at] == '"' || b[at] == '*')) {
            at++;
        }
        if (at < end && b[at] == ':') {
            at++;
        } else if (at < end && b[at] != ' ') {
            return;
        }
        Words words = new Words(b, begin, end, at);
        boolean joined = false;
        boolean paired = false;
        for (int count = 0; count < 8 && words.next(false); count++) {
            if (b[words.from()] == '-' && words.to() - words.from() > 1) {
                return;
            }
            if (joined && told.is(words.from(), words.to(), paired ? Told.By.NAME : Told.By.VERB)) {
                return;
            }
            int user = userEnd(words.from(), words.to());
            if (user > 0) {
                told.is(user + 1, words.to(), Told.By.SAID);
                return;
            }
            boolean mail = isMail(words.from(), words.to());
            paired = mail || words.lower().length() == 1 || isAnd(words);
            joined = mail || JOINING.contains(words.lower());
            if (words.ends()) {
                return;
            }
        }
    }

    /** Where a user's name ends in {@code bob:x} or {@code bob/x}; -1 where there is none. */
    private int userEnd(int from, int to) {
        int user = from;
        while (user < to && "\"'`*(".indexOf(b[user]) >= 0) {
            user++;
        }
        int first = user;
        while (user < to && (Chars.is(b[user], Chars.LETTER | Chars.DIGIT) || "._-@".indexOf(b[user]) >= 0)) {
            user++;
        }
        return user > first && user < to - 6 && (b[user] == ':' || b[user] == '/') ? user : -1;
    }

    private static boolean isAnd(Words words) {
        return words.lower().equals("and")
                || words.lower().equals("und")
                || words.lower().equals("et");
    }

    private boolean isMail(int from, int to) {
        for (int i = from + 1; i < to - 3; i++) {
            if (b[i] == '@') {
                return b[i + 1] != '@';
            }
        }
        return false;
    }
}
