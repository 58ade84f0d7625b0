package dev.sessionrelay.protect.redact;

import org.jspecify.annotations.Nullable;

/** Reads a value out of the call or the expansion around it: {@code Secret("x")}, {@code ${1:-x}}, {@code b"x"}. */
final class Wrapped {
    private static final String[] WRAPPERS = {
        "secretstr(",
        "secret(",
        "string(",
        "str(",
        "bytes(",
        "buffer.from(",
        "password(",
        "b64decode(",
        "base64decode(",
        "sensitive(",
        "some(",
        "optional.of(",
        "string::from(",
        "securestring(",
        "convertto-securestring ",
        "newstring(",
        "new string(",
        "[]byte(",
        "cstring(",
        "text(",
        "data(",
        "q(",
        "secretstring::new(",
        "std::string(",
        "$(echo ",
        "literal("
    };

    private final byte[] b;
    private final int begin;
    private final int end;

    Wrapped(byte[] bytes, int begin, int end) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
    }

    /** {@code ${1:-x}}: what stands for an argument that is missing. */
    private int behindDefault(int from) {
        int i = from;
        if (i < end && b[i] == '"') {
            i++;
        }
        if (!Runs.startsWith(b, i, end, "${")) {
            return from;
        }
        i += 2;
        while (i < end && i - from < 40 && (Chars.is(b[i], Chars.LETTER | Chars.DIGIT) || b[i] == '_')) {
            i++;
        }
        boolean assigns = i + 2 < end && b[i] == ':' && (b[i + 1] == '-' || b[i + 1] == '=');
        return assigns && b[i + 2] != '}' ? i + 2 : from;
    }

    @Nullable
    Value value(int start, Value.How how, int nameFrom) {
        int from = start;
        from = behindDefault(from);
        for (String wrapper : WRAPPERS) {
            if (Signs.isAt(b, end, from, wrapper) && Signs.isQuote(b, end, from + wrapper.length())) {
                from += wrapper.length();
                break;
            }
        }
        int prefix = from;
        while (prefix < end
                && prefix - from < 2
                && (Chars.is(b[prefix], Chars.LETTER) || "$@(&".indexOf(b[prefix]) >= 0)) {
            prefix++;
        }
        if (prefix > from && Signs.isQuote(b, end, prefix) && b[prefix] != '\\') {
            from = prefix;
        }
        return new Reading(b, begin, end).at(from, how, nameFrom);
    }
}
