package dev.sessionrelay.protect.redact;

import org.jspecify.annotations.Nullable;

/**
 * What is taken where nothing is configured: {@code env("DB_PASSWORD") || "x"}, {@code default = "x"}. It stands on the
 * line of the name, behind what reads the configuration.
 */
final class Fallback {
    private static final int MOST_BETWEEN = 120;
    private static final String[] OPERATORS = {
        "||",
        "??",
        "?:",
        "//",
        " or ",
        "unwrap_or",
        "orelse",
        "or_else",
        "default",
        "fallback",
        ":-",
        ":=",
        ") {",
        " : "
    };
    private static final int MOST_OF_CALL = 28;

    private final byte[] b;
    private final int begin;
    private final int end;

    Fallback(byte[] bytes, int begin, int end) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
    }

    /** @return the string that stands for the one that is looked for by this name, or null */
    @Nullable
    Value of(int nameFrom, int nameTo) {
        if (nameTo < end && b[nameTo] == ',' && isCompared(nameFrom)) {
            return behind(nameTo + 1, nameFrom);
        }
        int stop = Math.min(end, nameTo + MOST_BETWEEN);
        for (int i = nameTo; i < stop && b[i] != '\n' && b[i] != ';'; i++) {
            Value value = at(i, nameFrom);
            if (value != null) {
                return value;
            }
        }
        stop = Math.max(begin, nameFrom - MOST_BETWEEN);
        for (int i = nameFrom; i > stop && b[i] != '\n'; i--) {
            if ((b[i] == 'd' || b[i] == 'D') && Signs.isAt(b, end, i, "default")) {
                return behind(i + 7, nameFrom);
            }
        }
        return null;
    }

    /** {@code strcmp(password, "x")} */
    private boolean isCompared(int nameFrom) {
        int from = Math.max(begin, nameFrom - MOST_OF_CALL);
        for (int i = from; i < nameFrom; i++) {
            if (Signs.isAt(b, nameFrom, i, "cmp(") || Signs.isAt(b, nameFrom, i, "equal")) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Value at(int i, int nameFrom) {
        for (String operator : OPERATORS) {
            if (Signs.isAt(b, end, i, operator)) {
                return behind(i + operator.length(), nameFrom);
            }
        }
        return null;
    }

    /** The first string behind an operator, with no more than a call's name and brackets between. */
    private @Nullable Value behind(int from, int nameFrom) {
        int start = from;
        while (start < end && start - from < 4 && b[start] == ' ') {
            start++;
        }
        int stop = Math.min(end, start + MOST_OF_CALL);
        for (int i = start; i < stop; i++) {
            byte c = b[i];
            if (c == ' '
                    && (b[i - 1] == '='
                            || b[i - 1] == ':'
                            || b[i - 1] == '|'
                            || b[i - 1] == '{'
                            || b[i + 1 < end ? i + 1 : i] == '=')) {
                continue;
            }
            if (c == '"' || c == '\'' || c == '`') {
                return new Reading(b, begin, end).at(i, Value.How.PAIR, nameFrom);
            }
            if (!Chars.is(c, Chars.LETTER | Chars.DIGIT) && "_.:(|&[]={<>".indexOf(c) < 0) {
                return null;
            }
        }
        return null;
    }
}
