package dev.sessionrelay.protect.redact;

import java.util.List;
import java.util.Map;

/** Words behind or before which a secret may stand that has no form of its own. */
enum Cue {
    /** A part of a name that says what is assigned to it. */
    NAME,
    COMMAND,
    /** A command that reads a password from what is piped into it. */
    PIPED,
    /** A file that {@code echo} may write a secret into. */
    FILED,
    COOKIE,
    COOKIE_FILE,
    URL,
    AUTHORIZATION,
    /** {@code IDENTIFIED BY 'x'}, {@code pass:x} */
    DIRECT,
    PEM,
    /** How the numbers of private keys begin in base64, or their {@code BEGIN} in it. */
    PEM_BODY,
    /** A call that is given a user and a password. */
    CALL,
    /** A command that prints a secret. */
    REVEAL,
    /** A user and a password are told. */
    LOGIN,
    /** A password's name in another script or language, behind which a sentence may go on. */
    FOREIGN,
    /** A call whose first string may be a secret. */
    KEY_CALL,
    /** A call that is given a user and a password in one string. */
    PAIR_CALL,
    /** A login module, whose options are users and their passwords. */
    MODULE,
    /** Where a string is made into characters, as is done with passwords. */
    CHARACTERS,
    /** An option that is a password beside one that is a user. */
    BESIDE_USER,
    /** {@code <<< 'x'} */
    HERE_STRING,
    /** What stands before it is a user, a colon and a password. */
    PAIR_BEFORE,
    /** A heading over lines of secrets. */
    LISTED,
    /** A verb with which a client sends a password. */
    DIALOGUE,
    /** A key of which a sentence tells. */
    KEY,
    /** The beginning of a token. */
    TOKEN,
    /** The beginning of a token or of a private key, in hexadecimal digits. */
    HEX,
    /** The first line of bytes as tools print them. */
    DUMP,
    /** The first numbers of a list. */
    NUMBERS;

    private static final Map<String, List<String>> TEXTS = WordLists.sections("cues.txt");
    private static final int MOST_OF_NAME = 48;
    private static final int MOST_BETWEEN = 14;
    private static final int BEFORE = 64;
    private static final int MOST_OF_SENTENCE = 96;

    /** The words themselves; those of commands are in their table. */
    List<String> texts() {
        return TEXTS.getOrDefault(name(), List.of());
    }

    /** About how many characters around it are looked at. */
    int reach() {
        return switch (this) {
            case COMMAND, AUTHORIZATION, DIRECT, PEM, PEM_BODY, CHARACTERS, HERE_STRING, PAIR_BEFORE, DIALOGUE, TOKEN ->
                64;
            case NAME, URL, LOGIN, FOREIGN, KEY -> 192;
            case PIPED, FILED, LISTED, CALL, KEY_CALL, PAIR_CALL, MODULE, REVEAL, BESIDE_USER, HEX, DUMP, NUMBERS ->
                512;
            case COOKIE, COOKIE_FILE -> 4096;
        };
    }

    /**
     * Whether what is around the word makes it worth while to look closely. Generous: text may have its JSON
     * escapes.
     */
    boolean isFollowedUp(byte[] text, int begin, int from, int to, int end) {
        return switch (this) {
            case NAME -> named(text, begin, from, to, end);
            case COMMAND -> CommandScan.isCommand(text, begin, from, text[to - 1] == ' ' ? to - 1 : to, end);
            case URL -> Assignment.toHost(text, to, end);
            case FILED -> writes(text, begin, from);
            case REVEAL -> prompts(text, begin, from);
            case CALL, KEY_CALL, PAIR_CALL, MODULE -> Arguments.follow(text, to, end);
            case BESIDE_USER -> UserOptions.areBeside(text, begin, from, to, end);
            case HERE_STRING -> to < end && text[to] != '<' && from > begin && text[from - 1] == ' ';
            case PIPED,
                    COOKIE,
                    COOKIE_FILE,
                    AUTHORIZATION,
                    DIRECT,
                    PEM,
                    PEM_BODY,
                    FOREIGN,
                    CHARACTERS,
                    PAIR_BEFORE,
                    LISTED,
                    TOKEN,
                    HEX -> true;
            case DUMP -> from == begin || !Chars.is(text[from - 1], Chars.DIGIT);
            case NUMBERS -> ByteList.isOne(text, from, end);
            case DIALOGUE -> told(text, to, end);
            case LOGIN, KEY -> told(text, to, end);
        };
    }

    private static boolean named(byte[] text, int begin, int from, int to, int end) {
        if (text[to - 1] == '=' || text[to - 1] == ':') {
            return true;
        }
        if (text[to - 1] == ' ' && told(text, to, end)) {
            return true;
        }
        int i = to;
        int stop = Math.min(end, to + MOST_OF_NAME);
        while (i < stop
                && (Chars.is(text[i], Chars.LETTER | Chars.DIGIT)
                        || text[i] == '_'
                        || text[i] == '-'
                        || text[i] == '.'
                        || text[i] < 0)) {
            i++;
        }
        stop = Math.min(end, i + MOST_BETWEEN);
        for (int at = i; at < stop; at++) {
            byte c = text[at];
            if (Chars.is(c, Chars.OPERATOR)
                    || c == '('
                    || c == '{'
                    || (c == '<' && at + 1 < end && text[at + 1] == '/')) {
                return true;
            }
            if (c == ' ' || c == '\t') {
                return told(text, at, end)
                        || told(text, Math.max(begin, from - BEFORE), from)
                        || Heading.isAt(text, begin, from, i, end);
            }
            if (!Chars.is(c, Chars.BEFORE_OPERATOR) && "`[])}*".indexOf(c) < 0) {
                break;
            }
        }
        return told(text, Math.max(begin, from - BEFORE), from) || Heading.isAt(text, begin, from, i, end);
    }

    /** Whether a shell's prompt can stand before it on its line. */
    private static boolean prompts(byte[] text, int begin, int from) {
        for (int i = from - 1; i >= Math.max(begin, from - 60) && text[i] != '\n'; i--) {
            if (text[i] == '$' || text[i] == '#' || text[i] == '%' || text[i] == '>') {
                return true;
            }
        }
        return false;
    }

    private static boolean writes(byte[] text, int begin, int from) {
        for (int i = from - 1; i >= Math.max(begin, from - 80) && text[i] != '\n'; i--) {
            if (text[i] == '>' || (text[i] == 't' && Runs.startsWith(text, i, from, "tee "))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word follows, or stands before, that no sentence is made of. */
    private static boolean told(byte[] text, int from, int end) {
        int stop = Math.min(end, from + MOST_OF_SENTENCE);
        int run = 0;
        int joints = 0;
        boolean odd = false;
        for (int i = from; i < stop; i++) {
            byte c = text[i];
            if (c == '=' || c == ':') {
                return true;
            }
            if (c <= ' ' && c >= 0) {
                if (odd && run >= 6) {
                    return true;
                }
                run = 0;
                joints = 0;
                odd = false;
            } else {
                run++;
                joints += c == '-' || c == '.' ? 1 : 0;
                odd |= joints > 1;
                odd |= Chars.is(c, Chars.DIGIT)
                        || "!#%&*$@^?~\"'`_".indexOf(c) >= 0
                        || (c >= 'A' && c <= 'Z' && run > 1);
            }
        }
        return odd && run >= 6;
    }
}
