package dev.sessionrelay.protect.redact;

import java.util.List;

/**
 * A token whose beginning says what it is, broken over lines or put together of strings, so that no rule matches it.
 */
final class Halves {
    /** How tokens begin that are told by it alone. */
    static final List<String> BEGINNINGS = List.of(
            "ghp_",
            "gho_",
            "ghu_",
            "ghs_",
            "ghr_",
            "github_pat_",
            "glpat-",
            "npm_",
            "sk-ant-",
            "sk-proj-",
            "sk-or-v1-",
            "xoxb-",
            "xoxp-",
            "xapp-",
            "pypi-",
            "dckr_pat_",
            "sk_live_",
            "rk_live_",
            "dop_v1_",
            "shpat_",
            "hvs.");

    private static final int SHORTEST = 30;
    private static final int SHORTEST_PART = 6;
    private static final int LONGEST = 300;
    private static final int MOST_PARTS = 6;

    private Halves() {}

    static void look(byte[] b, int from, int end, CommandScan.Secrets secrets) {
        int at = run(b, from, end);
        int letters = at - from;
        if (letters >= SHORTEST) {
            return;
        }
        for (int part = 0; part < MOST_PARTS; part++) {
            int gap = at < end ? Broken.gap(b, at, end) : 0;
            int next = gap == 0 ? at : run(b, at + gap, end);
            if (gap == 0 || next - at - gap < SHORTEST_PART) {
                break;
            }
            letters += next - at - gap;
            at = next;
        }
        if (letters >= SHORTEST && letters <= LONGEST) {
            secrets.found(from, at);
        }
    }

    private static int run(byte[] b, int from, int end) {
        int at = from;
        while (at < end
                && at - from < LONGEST
                && (Chars.is(b[at], Chars.LETTER | Chars.DIGIT) || b[at] == '_' || b[at] == '-')) {
            at++;
        }
        return at;
    }
}
