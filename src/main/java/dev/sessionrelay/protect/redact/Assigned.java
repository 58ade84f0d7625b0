package dev.sessionrelay.protect.redact;

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

    private final byte[] b;
    private final int begin;
    private final int end;
    private final Elements elements;
    private final Wrapped wrapped;
    private final Pairs pairs;

    Assigned(byte[] bytes, int begin, int end) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
        this.elements = new Elements(bytes, begin, end);
        this.wrapped = new Wrapped(bytes, begin, end);
        this.pairs = new Pairs(bytes, end, wrapped);
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
            return elements.next(i);
        }
        Value typed1 = typedInto(i);
        if (typed1 != null) {
            return typed1;
        }
        if (b[i] == '>' || (opener == '<' && (b[i] == ' ' || b[i] == '/'))) {
            int tag = elements.tagEnd(i);
            if (tag >= 0 && (quotedName || elements.isInTag(nameFrom))) {
                return elements.text(tag);
            }
        }
        int behindName = i;
        i = Signs.blanks(b, end, i);
        if (i >= end) {
            return null;
        }
        Value paired = b[i] == '{' && quotedName ? pairs.block(i) : pairs.beside(behindName, quotedName);
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
                Value given = wrapped.value(i, option ? Value.How.OPTION : Value.How.WORD, nameFrom);
                return given != null && !option && nameTo - nameFrom == 4 && !hasDigit(given) ? null : given;
            }
            Value told = wrapped.value(i, isAlone(nameFrom) ? Value.How.LINE : Value.How.WORD, nameFrom);
            return told != null && holds(told, '=') ? null : told;
        }
        if (b[i] == ':' && op == 1 && !quotedName) {
            int typed = behindType(Signs.blanks(b, end, i + 1));
            if (typed > 0 && b[typed] == '=') {
                i = typed;
                op = operator(i, false, opener);
            }
        }
        byte sign = b[i];
        int from = Signs.blanks(b, end, i + op);
        spaced |= from > i + op;
        if (sign == '(' && isOfUser(nameFrom, nameTo) && Signs.isQuote(b, end, from)) {
            Value second = second(from, nameFrom);
            if (second != null) {
                return second;
            }
        }
        if (sign == '=' && from < end && (b[from] == '(' || b[from] == '[') && isOfUser(nameFrom, nameTo)) {
            return Signs.isQuote(b, end, from + 1) ? second(from + 1, nameFrom) : null;
        }
        if (sign == '(' || sign == ',' || sign == '{') {
            return Signs.isQuote(b, end, from) ? wrapped.value(from, Value.How.CALL, nameFrom) : null;
        }
        if (from < end && (b[from] == '\n' || b[from] == '\r' || b[from] == '|' || b[from] == '>')) {
            from = behindBreak(from, sign);
        }
        if (from >= end) {
            return null;
        }
        if (b[from] == '{' && sign == ':') {
            Value nested = pairs.beside(from + 1, true);
            return nested;
        }
        Value.How how = option
                ? Value.How.OPTION
                : opener == '?' || opener == '&'
                        ? Value.How.QUERY
                        : sign == '=' && !spaced
                                ? Value.How.ENV
                                : sign == ':' || (sign == '=' && op == 1) ? Value.How.LINE : Value.How.CODE;
        return wrapped.value(from, how, nameFrom);
    }

    /** Behind a user and a comma. */
    private @Nullable Value second(int from, int nameFrom) {
        Value user = wrapped.value(from, Value.How.CALL, nameFrom);
        int comma = user == null ? end : Signs.blanks(b, end, user.to() + 1);
        boolean more = comma < end && b[comma] == ',' && Signs.isQuote(b, end, Signs.blanks(b, end, comma + 1));
        return more ? wrapped.value(Signs.blanks(b, end, comma + 1), Value.How.CALL, nameFrom) : null;
    }

    private byte before(int at) {
        return at > begin ? b[at - 1] : 0;
    }

    /** {@code find('#password').type('x')} */
    private @Nullable Value typedInto(int from) {
        for (String method :
                new String[] {".type(", ".fill(", ".send_keys(", ".sendkeys(", ".setvalue(", ".presssequentially("}) {
            for (int i = from; i < Math.min(end, from + 3); i++) {
                if (Signs.isAt(b, end, i, method) && Signs.isQuote(b, end, i + method.length())) {
                    return wrapped.value(i + method.length(), Value.How.CALL, from);
                }
            }
        }
        return null;
    }

    /** Credentials are made of a user and a password. */
    private boolean isOfUser(int nameFrom, int nameTo) {
        String name = new String(b, nameFrom, nameTo - nameFrom, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return name.endsWith("credential")
                || name.endsWith("credentials")
                || name.endsWith("creds")
                || name.endsWith("auth");
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
            case '(', '{' -> quotedName || (c == '{' && !Signs.isQuote(b, end, i + 1)) ? 0 : 1;
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
        int operator = Signs.blanks(b, end, i);
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
        int line = Signs.blanks(b, end, i);
        if (line >= end || (b[line] != '\n' && b[line] != '\r')) {
            return block ? from : end;
        }
        int next = Signs.whiteSpace(b, end, line);
        if (Runs.startsWith(b, next, end, "string(")) {
            int text = next + 7;
            while (text < end && (Chars.is(b[text], Chars.DIGIT) || b[text] == ')' || b[text] == ' ')) {
                text++;
            }
            return Signs.isQuote(b, end, text) ? text : end;
        }
        return block || (sign != '|' && Signs.isQuote(b, end, next)) ? next : end;
    }

    /** What somebody is told to pass is often quoted. */
    private boolean hasDigit(Value value) {
        for (int i = value.from(); i < value.to(); i++) {
            if (Chars.is(b[i], Chars.DIGIT)) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(Value value, char sign) {
        for (int i = value.from(); i < value.to(); i++) {
            if (b[i] == sign) {
                return true;
            }
        }
        return false;
    }

    /** Whether a name is the first on its line. */
    private boolean isAlone(int nameFrom) {
        int i = nameFrom - 1;
        while (i >= begin && nameFrom - i < MOST_BLANKS && (b[i] == ' ' || b[i] == '\t')) {
            i--;
        }
        return i < begin || b[i] == '\n';
    }
}
