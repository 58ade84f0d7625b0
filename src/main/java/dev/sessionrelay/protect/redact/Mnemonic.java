package dev.sessionrelay.protect.redact;

import java.util.Locale;

/** The words that a wallet is restored from: at least twelve short ones in a row. */
final class Mnemonic {
    private static final int LEAST = 12;
    private static final int MOST = 24;

    private Mnemonic() {}

    /** Whether what this stands for is made of words. */
    static boolean isNamed(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith("mnemonic")
                || (lower.endsWith("phrase") && (lower.contains("seed") || lower.startsWith("recovery")));
    }

    /** @param to where its name ends */
    static void after(byte[] b, int to, int end, CommandScan.Secrets secrets) {
        int at = to;
        int stop = Math.min(end, to + MOST);
        while (at < stop && !Wordiness.isLower((char) b[at])) {
            at++;
        }
        int from = at;
        int count = 0;
        int last = at;
        while (at < end && count < MOST) {
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
        if (count >= LEAST) {
            secrets.found(from, last);
        }
    }
}
