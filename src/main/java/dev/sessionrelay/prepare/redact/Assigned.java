package dev.sessionrelay.prepare.redact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is assigned to a name, in the ways of configuration files, programs and command lines: behind {@code =},
 * {@code :}, {@code =>}, a type, a comma between quotes, as an element's text, as the "value" beside a "name".
 */
final class Assigned {
    private static final int MOST_BLANKS = 40;
    private static final int MOST_OF_TYPE = 32;
    private static final String[] VALUE_NAMES = {
        "value", "val", "default", "defaultvalue", "content", "stringvalue", "secretvalue", "literal"
    };
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
        "literal("
    };

    private final byte[] b;
    private final int begin;
    private final int end;

    Assigned(byte[] bytes, int begin, int end) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
    }

    /** @return what is assigned to the name that stands here, or null */
    @Nullable
    Value to(int nameFrom, int nameTo) {
        byte opener = before(nameFrom);
        int i = nameTo;
        boolean quotedName = false;
        while (i < end && i - nameTo < 6 && "\\\"'`])}".indexOf(b[i]) >= 0) {
            quotedName |= b[i] == '"' || b[i] == '\'' || b[i] == '`';
            i++;
        }
        if (i + 1 < end && b[i] == '[' && b[i + 1] == ']') {
            i += 2;
        }
        if (i >= end) {
            return null;
        }
        if (b[i] == '<' && i + 1 < end && b[i + 1] == '/') {
            return nextElement(i);
        }
        Value typed1 = typedInto(i);
        if (typed1 != null) {
            return typed1;
        }
        if (b[i] == '>' || (opener == '<' && (b[i] == ' ' || b[i] == '/'))) {
            int tag = tagEnd(i);
            if (tag >= 0 && (quotedName || isInTag(nameFrom))) {
                return element(tag);
            }
        }
        int behindName = i;
        i = blanks(i);
        if (i >= end) {
            return null;
        }
        Value paired = b[i] == '{' && quotedName ? block(i) : paired(behindName, quotedName);
        if (paired != null) {
            return paired;
        }
        boolean option = opener == '-' || (opener == '/' && b[i] == ':');
        boolean spaced = i > behindName;
        int op = operator(i, quotedName, opener);
        if (op == 0 && !quotedName) {
            int typed = behindType(i);
            if (typed > 0) {
                i = typed;
                op = operator(i, false, opener);
            }
        }
        if (op == 0) {
            if (!spaced || i - behindName > 24) {
                return null;
            }
            if (option || b[i] == '"' || b[i] == '\'') {
                return value(i, option ? Value.How.OPTION : Value.How.WORD, nameFrom);
            }
            return value(i, isAlone(nameFrom) ? Value.How.LINE : Value.How.WORD, nameFrom);
        }
        if (b[i] == ':' && op == 1 && !quotedName) {
            int typed = behindType(blanks(i + 1));
            if (typed > 0 && b[typed] == '=') {
                i = typed;
                op = operator(i, false, opener);
            }
        }
        byte sign = b[i];
        int from = blanks(i + op);
        spaced |= from > i + op;
        if (sign == '(' && isOfUser(nameFrom, nameTo) && isQuote(from)) {
            Value user = value(from, Value.How.CALL, nameFrom);
            int comma = user == null ? end : blanks(user.to() + 1);
            if (comma < end && b[comma] == ',' && isQuote(blanks(comma + 1))) {
                return value(blanks(comma + 1), Value.How.CALL, nameFrom);
            }
        }
        if (sign == '(' || sign == ',' || sign == '{') {
            return isQuote(from) ? value(from, Value.How.CALL, nameFrom) : null;
        }
        if (from < end && (b[from] == '\n' || b[from] == '\r' || b[from] == '|' || b[from] == '>')) {
            from = behindBreak(from, sign);
        }
        if (from >= end) {
            return null;
        }
        if (b[from] == '{' && sign == ':') {
            Value nested = paired(from + 1, true);
            return nested;
        }
        Value.How how = option
                ? Value.How.OPTION
                : opener == '?' || opener == '&'
                        ? Value.How.QUERY
                        : sign == '=' && !spaced
                                ? Value.How.ENV
                                : sign == ':' || (sign == '=' && op == 1) ? Value.How.LINE : Value.How.CODE;
        return value(from, how, nameFrom);
    }

    private byte before(int at) {
        return at > begin ? b[at - 1] : 0;
    }

    private int blanks(int from) {
        int i = from;
        int stop = Math.min(end, from + MOST_BLANKS);
        while (i < stop && (b[i] == ' ' || b[i] == '\t')) {
            i++;
        }
        return i;
    }

    private int whiteSpace(int from) {
        int i = from;
        int stop = Math.min(end, from + 3 * MOST_BLANKS);
        while (i < stop && Chars.is(b[i], Chars.SPACE)) {
            i++;
        }
        return i;
    }

    private int tagEnd(int from) {
        int stop = Math.min(end, from + 120);
        for (int i = from; i < stop; i++) {
            if (b[i] == '>') {
                return i > from && b[i - 1] == '/' ? -1 : i + 1;
            }
            if (b[i] == '<' || b[i] == '\n') {
                return -1;
            }
        }
        return -1;
    }

    private boolean isInTag(int nameFrom) {
        for (int i = nameFrom - 1; i >= Math.max(begin, nameFrom - 40); i--) {
            if (b[i] == '<') {
                return true;
            }
            if (!Chars.is(b[i], Chars.LETTER | Chars.DIGIT) && b[i] != ':' && b[i] != '-' && b[i] != '_') {
                return false;
            }
        }
        return false;
    }

    /** {@code <key>password</key><string>x</string>} */
    private @Nullable Value nextElement(int from) {
        int close = tagEnd(from + 1);
        int open = close < 0 ? end : whiteSpace(close);
        if (open >= end || b[open] != '<' || (open + 1 < end && b[open + 1] == '/')) {
            return null;
        }
        boolean holdsValue = isAt(open + 1, "string>") || isAt(open + 1, "value") || isAt(open + 1, "data>");
        int tag = holdsValue ? tagEnd(open + 1) : -1;
        return tag < 0 ? null : element(tag);
    }

    /** {@code find('#password').type('x')} */
    private @Nullable Value typedInto(int from) {
        for (String method :
                new String[] {".type(", ".fill(", ".send_keys(", ".sendkeys(", ".setvalue(", ".presssequentially("}) {
            for (int i = from; i < Math.min(end, from + 3); i++) {
                if (isAt(i, method) && isQuote(i + method.length())) {
                    return value(i + method.length(), Value.How.CALL, from);
                }
            }
        }
        return null;
    }

    private @Nullable Value element(int behindTag) {
        int from = whiteSpace(behindTag);
        if (Runs.startsWith(b, from, end, "<![CDATA[")) {
            from += 9;
        }
        int to = from;
        int stop = Math.min(end, from + 2048);
        while (to < stop && !(b[to] == '<' && to + 1 < end && b[to + 1] == '/') && b[to] != '\n' && b[to] != '\r') {
            to++;
        }
        if (to == stop && stop < end) {
            return null;
        }
        while (to > from && (b[to - 1] == ' ' || b[to - 1] == '\t')) {
            to--;
        }
        if (to - from > 3 && b[to - 1] == '>' && b[to - 2] == ']' && b[to - 3] == ']') {
            to -= 3;
        }
        return to > from ? new Value(from, to, Value.How.ELEMENT, true) : null;
    }

    /** The value beside a name: {@code name="password" value="…"}, {@code "name": "PASSWORD", "value": "…"}. */
    private @Nullable Value paired(int from, boolean quotedName) {
        int i = whiteSpace(from);
        boolean comma = i < end && b[i] == ',' && !quotedName;
        if (i < end && (b[i] == ',' || b[i] == ';' || (b[i] == '{' && quotedName))) {
            i = whiteSpace(i + 1);
        } else if (i == from && !quotedName) {
            return null;
        }
        while (i < end && (b[i] == '\\' || b[i] == '"' || b[i] == '\'')) {
            i++;
        }
        for (String name : VALUE_NAMES) {
            if (!isAt(i, name)) {
                continue;
            }
            int behind = i + name.length();
            while (behind < end && (b[behind] == '\\' || b[behind] == '"' || b[behind] == '\'')) {
                behind++;
            }
            behind = blanks(behind);
            boolean assigns =
                    behind < end && (b[behind] == ':' || (b[behind] == '=' && (!comma || isQuote(behind + 1))));
            if (assigns) {
                return value(blanks(behind + 1), Value.How.PAIR, i);
            }
        }
        return null;
    }

    /** {@code variable "password" { type = string, default = "x" }} */
    private @Nullable Value block(int open) {
        int stop = Math.min(end, open + 400);
        for (int i = open + 1; i < stop && b[i] != '}'; i++) {
            if (b[i] == 'd' && isAt(i, "default") && Chars.is(b[i - 1], Chars.SPACE)) {
                int operator = blanks(i + 7);
                return operator < end && b[operator] == '=' ? value(blanks(operator + 1), Value.How.PAIR, i) : null;
            }
        }
        return paired(open, true);
    }

    /** Credentials are made of a user and a password. */
    private boolean isOfUser(int nameFrom, int nameTo) {
        String name = new String(b, nameFrom, nameTo - nameFrom, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return name.endsWith("credential") || name.endsWith("credentials") || name.endsWith("auth");
    }

    /** In any case. */
    private boolean isAt(int at, String word) {
        if (at + word.length() > end) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            int c = b[at + i];
            if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** How long the operator is that stands here, or 0. */
    private int operator(int i, boolean quotedName, byte opener) {
        byte c = b[i];
        byte next = i + 1 < end ? b[i + 1] : 0;
        byte third = i + 2 < end ? b[i + 2] : 0;
        return switch (c) {
            case ':' -> {
                if (next == ':' && third != '=' && third != ':') {
                    yield 0;
                }
                if (next == '/' && third == '/') {
                    yield 0;
                }
                int colons = 1;
                while (i + colons < end && colons < 4 && b[i + colons] == ':') {
                    colons++;
                }
                boolean more = i + colons < end && (b[i + colons] == '=' || (opener == '{' && b[i + colons] == '-'));
                yield more ? colons + 1 : 1;
            }
            case '=' -> next == '=' ? (third == '=' ? 3 : 2) : next == '>' ? 2 : next == '~' ? 0 : 1;
            case '!' -> next == '=' ? (third == '=' ? 3 : 2) : 0;
            case '-' -> next == '>' ? 2 : 0;
            case '+', '.' -> next == '=' ? 2 : 0;
            case '?', '|' -> next == '=' ? 2 : (next == c && third == '=') ? 3 : c == '|' ? 1 : 0;
            case ',' -> quotedName ? 1 : 0;
            case '(', '{' -> quotedName || (c == '{' && !isQuote(i + 1)) ? 0 : 1;
            default -> 0;
        };
    }

    /** Behind a type: {@code password string = …}, {@code password: String = …}; 0 where there is none. */
    private int behindType(int from) {
        int i = from;
        int stop = Math.min(end, from + MOST_OF_TYPE);
        while (i < stop && (Chars.is(b[i], Chars.LETTER | Chars.DIGIT) || "_&[]<>?.*".indexOf(b[i]) >= 0)) {
            i++;
        }
        if (i == from) {
            return 0;
        }
        int operator = blanks(i);
        boolean assigns = operator < end
                && (b[operator] == '=' || (b[operator] == ':' && operator + 1 < end && b[operator + 1] == '='));
        return assigns && operator > i ? operator : 0;
    }

    /** A value that stands on the next line: a YAML block, or a string that would make the line too long. */
    private int behindBreak(int from, byte sign) {
        int i = from;
        boolean block = b[i] == '|' || b[i] == '>';
        while (i < end && i - from < 3 && "|>-+".indexOf(b[i]) >= 0) {
            i++;
        }
        int line = blanks(i);
        if (line >= end || (b[line] != '\n' && b[line] != '\r')) {
            return block ? from : end;
        }
        int next = whiteSpace(line);
        return block || (sign != '|' && isQuote(next)) ? next : end;
    }

    private boolean isQuote(int i) {
        int at = i;
        while (at < end && at - i < 4 && b[at] == '\\') {
            at++;
        }
        return at < end && (b[at] == '"' || b[at] == '\'' || b[at] == '`');
    }

    /** Whether a name is the first on its line. */
    private boolean isAlone(int nameFrom) {
        int i = nameFrom - 1;
        while (i >= begin && nameFrom - i < MOST_BLANKS && (b[i] == ' ' || b[i] == '\t')) {
            i--;
        }
        return i < begin || b[i] == '\n';
    }

    private @Nullable Value value(int start, Value.How how, int nameFrom) {
        int from = start;
        for (String wrapper : WRAPPERS) {
            if (isAt(from, wrapper) && isQuote(from + wrapper.length())) {
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
        if (prefix > from && isQuote(prefix) && b[prefix] != '\\') {
            from = prefix;
        }
        return new Reading(b, begin, end).at(from, how, nameFrom);
    }
}
