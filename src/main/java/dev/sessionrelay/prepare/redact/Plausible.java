package dev.sessionrelay.prepare.redact;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a value can be a secret that somebody made up or a program drew, and is not a word, a placeholder, a variable
 * or a piece of a program. What it was assigned to was decided before; so this does not ask for much entropy, but for a
 * literal.
 */
final class Plausible {
    private static final int SHORTEST = 6;
    private static final int SHORTEST_BARE = 8;
    private static final int LONGEST_JUDGED = 256;
    private static final Pattern VARIABLE = Pattern.compile(
            "\\$[\\w:.>\\[\\]'\"-]*|\\$\\{[^}]*}?.*|\\$\\(.*|%\\w+%|%[-\\d.]*[sdrqvx@]|%\\(\\w+\\)s?|\\{\\{?[\\w .$:|()'\"-]*}?}?|#\\{.*"
                    + "|<[\\w /.:'|-]*>?|\\[[\\w /.:'|-]*]|@[\\w.]+@?|:[a-z_]+|&[\\w.]+;?|[^A-Za-z0-9]*(?:\\{[\\w.!]*}[^A-Za-z0-9{]*)+|\\*+[\\w.]*|#[A-Za-z_][\\w.-]*|!\\w+ .*|\\{\\{.*|\\[redacted:.*|\\$\\{\\{.*");
    private static final Pattern CALL = Pattern.compile(
            "[!~&*(+-]*[A-Za-z_$@][\\w$]*(?:(?:\\.|->|::|\\?\\.)[A-Za-z_$][\\w$]*)*(?:[(\\[].*|[.?:]+|(?:\\.|->|::|\\?\\.)[A-Za-z_$].*)?");
    private static final Pattern PATH =
            Pattern.compile("(?:file:|~|\\.{1,2}|[A-Za-z]:)?[/\\\\](?:[\\w.@ {}$%*<>+:-]+[/\\\\]?)*");
    private static final Pattern PLAIN_NUMBER = Pattern.compile(
            "[-+]?[\\d.,:/_ TZ-]+[a-zA-Z%]{0,2}|0[xX][0-9a-fA-F_]{1,18}[uUlL]*|v?\\d+(?:\\.[\\dx*]+)+(?:[-+.].*)?");
    private static final Pattern URL = Pattern.compile("[a-z][a-z0-9+.-]*:(?://.*|[a-z][\\w:.-]*:.*)");
    private static final Pattern HOST = Pattern.compile("(?:[a-z0-9-]+\\.)+[a-z]{2,6}(?::\\d+)?(?:/.*)?");
    private static final Pattern PHRASE =
            Pattern.compile("[A-Za-z]{4,}(?:[-_.][A-Za-z]{4,}){0,5}[-_.]?\\d{3,6}[!?.$#*+]?");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");
    private static final Pattern CODE_WORD = Pattern.compile(
            "(?i)(?:hmac|cram|digest|scram|hs|rs|es|ps|sha|md|aes|utf|iso|base|oauth|https?|ssl|tls|rsa|ed|ipv|bcrypt|argon|pbkdf|scrypt|win|u?int|float"
                    + "|str|latin|cp|rfc|chacha|blake|crc|k8s|saml|pkcs|gpt|des|ripemd|sm|ffdhe|secp|x)[-_ /]?\\d+(?:[-_.:/].{0,24}|\\w{0,4})|cram-md5|scram-\\w+-\\d+"
                    + "|[a-z][-_.]?\\d+(?:[-_.]\\d+)?");
    /** A variable that holds a secret, or an option that asks for one: named in scripts, and in lists of names. */
    private static final Pattern NAME_OF_ONE = Pattern.compile(
            "(?:[A-Z][A-Z0-9]{0,30}_){1,8}(?:TOKEN|PASSWORD|PASSWD|SECRET|KEY|USERNAME|REPOURL)(?:[-:=+}'\"].*)?|--[a-z]{1,30}(?:-[a-z]{1,30}){1,6}");

    /** Words that stand where a secret is to be put in. */
    private static final List<String> DUMMIES = List.of(
            "password",
            "passwd",
            "passwort",
            "passphrase",
            "contrase",
            "secret",
            "changeme",
            "change_me",
            "change-me",
            "example",
            "placeholder",
            "your_",
            "your-",
            "yourp",
            "yourt",
            "yours",
            "yourk",
            "youra",
            "dummy",
            "sample",
            "redacted",
            "insert",
            "replace",
            "xxxx",
            "abcdef",
            "12345",
            "token",
            "apikey",
            "api_key",
            "api-key",
            "credential",
            "todo",
            "fixme",
            "undefined",
            "foobar",
            "string",
            "mypass",
            "testpass",
            "hidden",
            "default",
            "encrypted",
            "access_key",
            "accesskey",
            "test-",
            "test_",
            "fake",
            "mock",
            "invalid",
            "username",
            "letmein",
            "qwerty",
            "null",
            "optional",
            "required",
            "lorem",
            "here",
            "abc123",
            "admin123",
            "user",
            "auth");

    private static final Set<String> HARD_DUMMIES = Set.of(
            "changeme",
            "change_me",
            "change-me",
            "placeholder",
            "redacted",
            "xxxx",
            "your_",
            "your-",
            "yourp",
            "yourt",
            "yours",
            "yourk",
            "youra",
            "example",
            "dummy",
            "insert",
            "replace",
            "fixme",
            "undefined",
            "encrypted");

    private Plausible() {}

    /** @param v a letter for each byte */
    static boolean isSecret(String v, Value.How how, boolean quoted, SecretName.Kind kind) {
        int length = v.length();
        if (length < SHORTEST || distinct(v) < 4 || isPlaceholder(v)) {
            return false;
        }
        String judged = length > LONGEST_JUDGED ? v.substring(0, LONGEST_JUDGED) : v;
        Shape shape = Shape.of(judged);
        if (shape.letters == 0
                && (shape.digits == 0 || PLAIN_NUMBER.matcher(judged).matches())) {
            return false;
        }
        if (shape.blanks > 0) {
            return kind == SecretName.Kind.PASSWORD && shape.blanks <= 1 && shape.digits > 1 && !shape.wordy;
        }
        if (PLAIN_NUMBER.matcher(judged).matches()
                || URL.matcher(judged).matches()
                || MAIL.matcher(judged).matches()
                || (shape.wordy
                        && (HOST.matcher(judged).matches()
                                || PATH.matcher(judged).matches()))
                || CODE_WORD.matcher(judged).matches()) {
            return false;
        }
        boolean dummy = holdsDummy(judged.toLowerCase(Locale.ROOT), shape);
        if (dummy) {
            return false;
        }
        if (kind == SecretName.Kind.KEY) {
            return (quoted || how == Value.How.ENV)
                    && !shape.wordy
                    && length >= 20
                    && shape.digits >= 3
                    && shape.signs * 8 <= length
                    && shape.lower > 1;
        }
        return (quoted || isSure(how)) ? isLiteral(judged, shape, kind) : isBareLiteral(judged, shape, how);
    }

    private static boolean isSure(Value.How how) {
        return switch (how) {
            case OPTION, QUERY, ELEMENT, PAIR -> true;
            case ENV, LINE, CODE, CALL, WORD -> false;
        };
    }

    private static boolean isLiteral(String v, Shape shape, SecretName.Kind kind) {
        if (shape.letters == 0) {
            return shape.signs >= 2;
        }
        if (!shape.wordy) {
            return shape.digits > 0 || shape.signs > 0 || shape.changes >= 3 || (shape.upper == 0 && v.length() >= 10);
        }
        if (shape.digits == 0) {
            return shape.oddSigns >= 2 && !CALL.matcher(v).matches();
        }
        if (shape.separators > 0) {
            return isPhrase(v, shape)
                    || (shape.digits >= 4 && shape.separators <= 1)
                    || (shape.oddSigns > 0 && !CALL.matcher(v).matches());
        }
        return shape.oddSigns > 0
                || (v.length() >= 8 && (kind == SecretName.Kind.PASSWORD || shape.digits >= 2 || v.length() >= 10));
    }

    /** Without quotes it may as well be a variable or a call. */
    private static boolean isBareLiteral(String v, Shape shape, Value.How how) {
        if (how == Value.How.CALL || v.length() < SHORTEST_BARE || v.startsWith("<") || v.contains("=\"")) {
            return false;
        }
        boolean code = CALL.matcher(v).matches();
        if (shape.wordy && code) {
            boolean name = shape.digits == 0 || (shape.signs > 0 && !isPhrase(v, shape));
            return !name
                    && v.length() >= 8
                    && switch (how) {
                        case ENV -> true;
                        case LINE -> (shape.digits >= 1 && v.length() >= 10) || shape.digits >= 3;
                        default -> shape.digits >= 3;
                    };
        }
        if (isPhrase(v, shape)) {
            return true;
        }
        if (shape.digits == 0 && how != Value.How.ENV) {
            return shape.oddSigns >= 1 && shape.changes >= 3 && !code && shape.calls == 0;
        }
        if (code && shape.calls > 0) {
            return false;
        }
        return (shape.digits > 0 && (shape.letters > 0 || shape.signs > 1)) || (!shape.wordy && shape.changes >= 3);
    }

    /** Words with a number behind them, as people and generators for people make passwords: {@code otter-velvet-956}. */
    static boolean isPhrase(String v, Shape shape) {
        return shape.digits >= 3 && PHRASE.matcher(v).matches();
    }

    static boolean isPlaceholder(String v) {
        return NAME_OF_ONE.matcher(v).matches() || VARIABLE.matcher(v).matches();
    }

    private static boolean holdsDummy(String lower, Shape shape) {
        if (!shape.wordy && shape.digits > 4 && lower.length() >= 16) {
            return false;
        }
        for (String dummy : DUMMIES) {
            if (lower.contains(dummy) && (shape.wordy || HARD_DUMMIES.contains(dummy))) {
                return true;
            }
        }
        return lower.startsWith("test") && shape.wordy;
    }

    static int distinct(String v) {
        return (int) v.chars().limit(64).distinct().count();
    }

    /** What a value is made of. */
    record Shape(
            int letters,
            int lower,
            int upper,
            int digits,
            int signs,
            int oddSigns,
            int separators,
            int blanks,
            int changes,
            int calls,
            boolean wordy) {
        static Shape of(String v) {
            int lower = 0;
            int upper = 0;
            int digits = 0;
            int signs = 0;
            int odd = 0;
            int separators = 0;
            int blanks = 0;
            int changes = 0;
            int calls = 0;
            int before = -1;
            for (int i = 0; i < v.length(); i++) {
                char c = v.charAt(i);
                int kind = Wordiness.isLower(c) ? 0 : Wordiness.isUpper(c) ? 1 : Wordiness.isDigit(c) ? 2 : 3;
                changes += kind != before && i > 0 ? 1 : 0;
                before = kind;
                switch (kind) {
                    case 0 -> lower++;
                    case 1 -> upper++;
                    case 2 -> digits++;
                    default -> {
                        if (c <= ' ') {
                            blanks++;
                        } else if ("_-.:/".indexOf(c) >= 0) {
                            separators++;
                            signs++;
                        } else {
                            signs++;
                            odd++;
                            calls += (c == '(' || c == '[') && i > 2 && isOfName(v.charAt(i - 1)) && closes(v, i)
                                    ? 1
                                    : 0;
                        }
                    }
                }
            }
            return new Shape(
                    lower + upper,
                    lower,
                    upper,
                    digits,
                    signs,
                    odd,
                    separators,
                    blanks,
                    changes,
                    calls,
                    Wordiness.isWordy(v));
        }

        private static boolean isOfName(char c) {
            return Wordiness.isLetter(c) || Wordiness.isDigit(c) || c == '_';
        }

        /** Whether a bracket is closed later or ends the value: then it may be a call. */
        private static boolean closes(String v, int at) {
            char closing = v.charAt(at) == '(' ? ')' : ']';
            return v.indexOf(closing, at) >= 0 || at == v.length() - 1;
        }
    }
}
