package dev.sessionrelay.protect.redact;

import org.jspecify.annotations.Nullable;

/** Values that stand beside a name under a name of their own, such as "value" or "default". */
final class Pairs {
    private static final String[] VALUE_NAMES = {
        "value", "val", "default", "defaultvalue", "content", "stringvalue", "secretvalue", "literal"
    };

    private final byte[] b;
    private final int end;
    private final Wrapped wrapped;

    Pairs(byte[] bytes, int end, Wrapped wrapped) {
        this.b = bytes;
        this.end = end;
        this.wrapped = wrapped;
    }

    /** The value beside a name: {@code name="password" value="…"}, {@code "name": "PASSWORD", "value": "…"}. */
    @Nullable
    Value beside(int from, boolean quotedName) {
        int i = Signs.whiteSpace(b, end, from);
        boolean comma = i < end && b[i] == ',' && !quotedName;
        if (i < end && (b[i] == ',' || b[i] == ';' || (b[i] == '{' && quotedName))) {
            i = Signs.whiteSpace(b, end, i + 1);
        } else if (i == from && !quotedName) {
            return null;
        }
        for (String option : new String[] {"--form ", "-F ", "--data ", "-d "}) {
            i += Runs.startsWith(b, i, end, option) ? option.length() : 0;
        }
        while (i < end && (b[i] == '\\' || b[i] == '"' || b[i] == '\'')) {
            i++;
        }
        for (String name : VALUE_NAMES) {
            if (!Signs.isAt(b, end, i, name)) {
                continue;
            }
            int behind = i + name.length();
            while (behind < end && (b[behind] == '\\' || b[behind] == '"' || b[behind] == '\'')) {
                behind++;
            }
            behind = Signs.blanks(b, end, behind);
            boolean assigns = behind < end
                    && (b[behind] == ':' || (b[behind] == '=' && (!comma || Signs.isQuote(b, end, behind + 1))));
            if (assigns) {
                return wrapped.value(Signs.blanks(b, end, behind + 1), Value.How.PAIR, i);
            }
        }
        return null;
    }

    /** {@code variable "password" { type = string, default = "x" }} */
    @Nullable
    Value block(int open) {
        int stop = Math.min(end, open + 400);
        for (int i = open + 1; i < stop && b[i] != '}'; i++) {
            if (b[i] == 'd' && Signs.isAt(b, end, i, "default") && Chars.is(b[i - 1], Chars.SPACE)) {
                int operator = Signs.blanks(b, end, i + 7);
                return operator < end && b[operator] == '='
                        ? wrapped.value(Signs.blanks(b, end, operator + 1), Value.How.PAIR, i)
                        : null;
            }
        }
        return beside(open, true);
    }
}
