package dev.sessionrelay.protect.redact;

import dev.sessionrelay.transcript.Placeholder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds secrets by what is around them: by the name that they are assigned to, the command that they are given to, the
 * sentence that tells them.
 */
final class Structures {
    static final String NAMED = "assigned";
    static final String COMMAND = "argument";
    static final String IN_URL = "url-credentials";
    static final String TOLD = "told";

    private static final int LONGEST_NAME = 80;
    private static final int LONG_VALUE = 256;
    /** What a character of a command, and of a value, costs: each is looked at many times. */
    private static final int COMMAND_COST = 64;

    private static final int VALUE_COST = 16;

    /** Is told of what may be a secret. */
    interface StructureHits {
        void at(int from, int to, String rule);
    }

    private final byte[] b;
    private final int begin;
    private final int end;
    private final StructureHits hits;
    private final Assigned assigned;
    private final Prose prose;
    private final PassVerb verb;
    private final Pem pem;
    private final Effort effort;
    private int nameEnd = -1;
    private int nameBegin = -1;
    /** A long value that may be full of words such as "password", which is not read again from each of them. */
    private int longValueEnd = -1;

    Structures(byte[] bytes, int begin, int end, StructureHits hits) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
        this.hits = hits;
        this.assigned = new Assigned(bytes, begin, end);
        this.pem = new Pem(bytes, end);
        this.prose = new Prose(bytes, begin, end);
        this.verb = new PassVerb(bytes, begin, end);
        this.effort = new Effort(begin);
    }

    void look(Cue cue, int from, int to) {
        if (!effort.allows(from) || from < longValueEnd || isInPlaceholder(from)) {
            return;
        }
        effort.spend(Math.min(end, to + cue.reach()), cue.reach());
        switch (cue) {
            case NAME -> name(from, to);
            case COMMAND -> {
                int stop = b[to - 1] == ' ' ? to - 1 : to;
                int readTo = new CommandScan(b, begin, end, this::given).look(string(from, stop), stop);
                effort.spend(readTo, COMMAND_COST * (readTo - stop));
            }
            case PIPED -> new Piped(b, begin, end, this::given).look(from, to);
            case FILED -> new Piped(b, begin, end, this::given).echoed(from);
            case COOKIE -> new Cookies(b, end, this::named).look(to);
            case COOKIE_FILE -> new Cookies(b, end, this::named).field(to);
            case URL -> new UrlPassword(b, begin, end).look(from, to, (start, stop) -> given(start, stop, IN_URL));
            case AUTHORIZATION -> new Beside(b, begin, end, this::given).authorization(to);
            case DIRECT -> new Beside(b, begin, end, this::given).behind(from, to);
            case PEM_BODY -> pem.body(from, (start, stop) -> hits.at(start, stop, Pem.RULE));
            case CALL -> arguments(from, to, Arguments.Which.ALL_BUT_FIRST);
            case KEY_CALL -> arguments(from, to, Arguments.Which.ALL);
            case PAIR_CALL -> arguments(from, to, Arguments.Which.IN_PAIRS);
            case MODULE -> arguments(from, to, Arguments.Which.NAMED_TOO);
            case CHARACTERS -> new Beside(b, begin, end, this::given).string(from);
            case PAIR_BEFORE -> new Beside(b, begin, end, this::given).before(from);
            case LISTED -> new Listed(b, end, this::told).look(to);
            case DIALOGUE -> new Dialogue(b, begin, end, this::given).look(from, to);
            case BESIDE_USER -> new UserOptions(b, begin, end, this::given).look(from, to);
            case HERE_STRING -> new Piped(b, begin, end, this::given).hereString(to);
            case REVEAL -> new Printed(b, begin, end, this::told).look(from, to);
            case LOGIN -> new Accounts(b, begin, end).login(to, this::told);
            case FOREIGN -> prose.foreign(to, this::told);
            case KEY -> prose.key(from + 3, this::told);
            case TOKEN -> Halves.look(b, from, end, (start, stop) -> hits.at(start, stop, Prefixed.RULE));
            case NUMBERS -> ByteList.look(b, from, end, (start, stop) -> hits.at(start, stop, Pem.RULE));
            case HEX, DUMP -> {}
            case PEM -> pem.look(from, to, (start, stop) -> hits.at(start, stop, Pem.RULE));
        }
    }

    private void arguments(int from, int to, Arguments.Which which) {
        new Arguments(b, begin, end, this::given).look(from, to, which);
    }

    /** Whether this place is in a block between BEGIN and END that everybody may read. */
    boolean isPublic(int at) {
        return pem.isPublic(at);
    }

    private boolean isInPlaceholder(int at) {
        int from = Math.max(begin, at - Placeholder.LONGEST);
        for (int i = Math.min(at, end - 1); i >= from; i--) {
            if (b[i] == '[') {
                return Placeholder.end(b, i, end) > at;
            }
            if (b[i] == ']') {
                return false;
            }
        }
        return false;
    }

    private void name(int cueFrom, int cueTo) {
        int from = cueFrom;
        while (from < cueTo && !isOfName(b[from])) {
            from++;
        }
        if (from >= nameBegin && from < nameEnd) {
            return;
        }
        int to = from;
        int stop = Math.min(end, from + LONGEST_NAME);
        while (to < stop && (isOfName(b[to]) || (to + 1 < cueTo && b[to] == ' ' && isOfName(b[to + 1])))) {
            to++;
        }
        stop = Math.max(begin, from - LONGEST_NAME);
        while (from > stop && isOfName(b[from - 1])) {
            from--;
        }
        while (to > from && (b[to - 1] == '.' || b[to - 1] == '-') && to > cueTo - 1) {
            to--;
        }
        while (from < to && (b[from] == '-' || b[from] == '.')) {
            from++;
        }
        if (from - begin >= 3 && Runs.startsWith(b, from - 3, from, "://") && to < end && b[to] == ':') {
            return;
        }
        to = withKey(to);
        nameBegin = from;
        nameEnd = to;
        SecretName.NameKind kind = SecretName.of(string(from, to));
        if (kind == SecretName.NameKind.NONE) {
            return;
        }
        String name = string(from, to).toLowerCase(Locale.ROOT);
        boolean query = from > begin && (b[from - 1] == '?' || b[from - 1] == '&');
        if (!query
                && (SecretName.IN_QUERIES.contains(name) || name.endsWith("signature") || name.endsWith("code"))
                && !name.endsWith("passcode")
                && !name.startsWith("oauth_")) {
            return;
        }
        if (verb.isAt(from, to)) {
            verb.value(to, this::named);
            return;
        }
        Value value = assigned.to(from, to);
        if (value != null) {
            effort.spend(value.to(), VALUE_COST * (value.to() - from));
        }
        boolean found = value != null && judge(value, kind, from);
        if (!found && kind != SecretName.NameKind.KEY) {
            Value fallback = new Fallback(b, begin, end).of(from, to);
            found = fallback != null && fallback.quoted() && judge(fallback, kind, from);
        }
        if (kind == SecretName.NameKind.PASSWORD && Mnemonic.isNamed(name)) {
            Mnemonic.after(b, to, end, this::told);
        }
        found |= new Columns(b, begin, end, this::told).look(from, to);
        if (!found && kind != SecretName.NameKind.KEY) {
            found = new Printed(b, begin, end, this::told).below(from, to);
        }
        if (kind != SecretName.NameKind.KEY && !found) {
            prose.around(from, to, this::told);
        }
    }

    /** "Secret access key", "API token": what a name goes on with behind a blank. */
    private int withKey(int nameTo) {
        int to = nameTo;
        if (to >= end || b[to] != ' ') {
            return to;
        }
        for (String more : new String[] {" access", " key", " token", " secret", " value", " phrase"}) {
            if (to + more.length() <= end
                    && string(to, to + more.length()).toLowerCase(Locale.ROOT).equals(more)
                    && (to + more.length() == end || !isOfName(b[to + more.length()]))) {
                to += more.length();
            }
        }
        return to;
    }

    private boolean judge(Value value, SecretName.NameKind kind, int nameFrom) {
        if (value.to() - value.from() > LONG_VALUE && !value.quoted()) {
            longValueEnd = value.to();
        }
        Value.How how = value.how();
        if (how == Value.How.ENV && !Line.isInShell(b, begin, nameFrom)) {
            how = Value.How.CODE;
        }
        if (how == Value.How.CALL && SecretName.asks(string(nameFrom, Math.min(end, nameFrom + 24)))) {
            return false;
        }
        if (how == Value.How.WORD && !value.quoted()) {
            return false;
        }
        String text = string(value.from(), Math.min(value.to(), value.from() + 512));
        if (!value.quoted() && how != Value.How.OPTION && isCalled(value)) {
            return false;
        }
        if (ProgramText.isIn(text, value.quoted())) {
            return false;
        }
        if (Line.isSentence(b, nameFrom, value)) {
            return false;
        }
        boolean secret = Plausible.isSecret(text, how, value.quoted(), kind)
                || (kind != SecretName.NameKind.KEY
                        && Line.isLiteral(b, begin, end, nameFrom, value)
                        && Plausible.isSecretOfLetters(text));
        if (secret) {
            hits.at(value.from(), value.to(), NAMED);
            joined(value);
        }
        return secret;
    }

    /** What is joined to a string: {@code "abc" + "def"}. */
    private void joined(Value value) {
        int at = value.to();
        while (value.quoted() && at < end && (b[at] == '"' || b[at] == '\'')) {
            byte quote = b[at];
            int next = at + 1;
            while (next < end && next - at < 40 && " \t\r\n+.\\".indexOf(b[next]) >= 0) {
                next++;
            }
            if (next == at + 1 || next >= end || b[next] != quote) {
                return;
            }
            int close = next + 1;
            while (close < end && b[close] != quote && b[close] != '\n') {
                close++;
            }
            if (close >= end || b[close] != quote || close - next < 5) {
                return;
            }
            hits.at(next + 1, close, NAMED);
            at = close;
        }
    }

    /** Whether a bare value is followed by what continues an expression. */
    private boolean isCalled(Value value) {
        int to = value.to();
        return to < end && (b[to] == '(' || b[to] == '[');
    }

    private void named(int from, int to) {
        hits.at(from, to, NAMED);
    }

    private void given(int from, int to) {
        given(from, to, COMMAND);
    }

    private void given(int from, int to, String rule) {
        if (from >= to) {
            return;
        }
        String text = string(from, Math.min(to, from + 512));
        if (!isInPlaceholder(from) && Plausible.isSecret(text, Value.How.OPTION, true, SecretName.NameKind.PASSWORD)) {
            hits.at(from, to, rule);
        }
    }

    private void told(int from, int to) {
        if (!isInPlaceholder(from) && !ProgramText.isIn(string(from, Math.min(to, from + 512)), false)) {
            hits.at(from, to, TOLD);
        }
    }

    private static boolean isOfName(byte c) {
        return Chars.is(c, Chars.LETTER | Chars.DIGIT) || c == '_' || c == '-' || c == '.' || c < 0;
    }

    private String string(int from, int to) {
        return new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
