package dev.sessionrelay.protect.redact;

import java.util.Locale;
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
    private static final int LETTERS_ALONE = 10;
    private static final int SHORTEST_SEALED = 300;
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
    /** As Google gives passwords to programs. */
    private static final Pattern FOURS = Pattern.compile("[a-z]{4}(?: [a-z]{4}){3}");

    private static final Pattern ESCAPE = Pattern.compile("\\\\?u[0-9a-fA-F]{4}|\\\\x[89a-fA-F][0-9a-fA-F]");
    private static final Pattern CAST =
            Pattern.compile("\\([A-Za-z][\\w.<>\\[\\]]*\\)?[\\w.]*\\)?|[a-z_]\\w*=[A-Za-z_]\\w*|.*\\\\[sSwWdD][*+].*");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");
    private static final Pattern CODE_WORD = Pattern.compile(
            "(?i)(?:hmac|cram|digest|scram|hs|rs|es|ps|sha|md|aes|utf|iso|base|oauth|https?|ssl|tls|rsa|ed|ipv|bcrypt|argon|pbkdf|scrypt|win|u?int|float"
                    + "|str|latin|cp|rfc|chacha|blake|crc|k8s|saml|pkcs|gpt|des|ripemd|sm|ffdhe|secp|tlsv?|x)[-_ /#]?\\d+(?:[-_.:/].{0,24}|\\w{0,8})|cram-md5|scram-\\w+-\\d+"
                    + "|[a-z][-_.]?\\d+(?:[-_.]\\d+)?");

    private Plausible() {}

    /** @param v a letter for each byte */
    static boolean isSecret(String v, Value.How how, boolean quoted, SecretName.NameKind kind) {
        int length = v.length();
        if (length < SHORTEST || distinct(v) < 4 || StandIn.is(v) || isEscapes(v) || isSealed(v)) {
            return false;
        }
        String judged = length > LONGEST_JUDGED ? v.substring(0, LONGEST_JUDGED) : v;
        Shape shape = Shape.of(judged);
        if (shape.letters() == 0
                && (shape.digits() == 0 || PLAIN_NUMBER.matcher(judged).matches())) {
            return false;
        }
        if (kind != SecretName.NameKind.KEY && isPassphrase(judged, shape, how, quoted)) {
            return true;
        }
        if (shape.blanks() > 0) {
            if (quoted
                    && kind == SecretName.NameKind.PASSWORD
                    && !shape.wordy()
                    && FOURS.matcher(judged).matches()) {
                return true;
            }
            return kind == SecretName.NameKind.PASSWORD && shape.blanks() <= 1 && shape.digits() > 1 && !shape.wordy();
        }
        if (PLAIN_NUMBER.matcher(judged).matches()
                || URL.matcher(judged).matches()
                || MAIL.matcher(judged).matches()
                || (shape.digits() == 0 && CAST.matcher(judged).matches())
                || (shape.wordy()
                        && (HOST.matcher(judged).matches()
                                || PATH.matcher(judged).matches()))
                || CODE_WORD.matcher(judged).matches()) {
            return false;
        }
        boolean dummy = StandIn.isIn(judged.toLowerCase(Locale.ROOT), shape);
        if (dummy) {
            return false;
        }
        if (kind == SecretName.NameKind.KEY) {
            return (quoted || how == Value.How.ENV)
                    && !shape.wordy()
                    && length >= 20
                    && shape.digits() >= 3
                    && shape.signs() * 8 <= length
                    && shape.lower() > 1;
        }
        return (quoted || isSure(how)) ? isLiteral(judged, shape, kind) : isBareLiteral(judged, shape, how);
    }

    /** What only a cluster can open. */
    static boolean isSealed(String v) {
        return v.length() > SHORTEST_SEALED && (v.startsWith("AgA") || v.startsWith("AgB"));
    }

    /** Letters beyond ASCII as programs escape them, whose digits say nothing. */
    private static boolean isEscapes(String v) {
        if (v.indexOf('\\') < 0 && v.indexOf("u0") < 0) {
            return false;
        }
        String bare = ESCAPE.matcher(v).replaceAll("");
        return bare.length() < v.length() && bare.chars().noneMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isPassphrase(String v, Shape shape, Value.How how, boolean quoted) {
        boolean literal = quoted || isSure(how);
        boolean bare = how == Value.How.ENV || how == Value.How.LINE;
        return (literal ? Passphrase.isOne(v, shape) : bare && Passphrase.isDashed(v, shape))
                && !StandIn.isIn(v.toLowerCase(Locale.ROOT), shape);
    }

    /** Whether letters alone are a secret where a literal stands though no quotes say so, as in a line of a file. */
    static boolean isSecretOfLetters(String v) {
        if (v.length() > LONGEST_JUDGED || distinct(v) < 4 || StandIn.is(v)) {
            return false;
        }
        Shape shape = Shape.of(v);
        return (Passphrase.isOne(v, shape) || Passphrase.isDrawn(v, shape, LETTERS_ALONE))
                && !StandIn.isIn(v.toLowerCase(Locale.ROOT), shape);
    }

    private static boolean isSure(Value.How how) {
        return switch (how) {
            case OPTION, QUERY, ELEMENT, PAIR -> true;
            case ENV, LINE, CODE, CALL, WORD -> false;
        };
    }

    private static boolean isLiteral(String v, Shape shape, SecretName.NameKind kind) {
        if (shape.letters() == 0) {
            return shape.signs() >= 2;
        }
        if (!shape.wordy()) {
            return shape.digits() > 0
                    || shape.signs() > 0
                    || shape.changes() >= 3
                    || (shape.upper() == 0 && v.length() >= 10);
        }
        if (shape.digits() == 0) {
            return shape.oddSigns() >= 2 && !CALL.matcher(v).matches();
        }
        if (shape.separators() > 0) {
            return isPhrase(v, shape)
                    || (shape.digits() >= 4 && shape.separators() <= 1)
                    || (shape.oddSigns() > 0 && !CALL.matcher(v).matches());
        }
        return shape.oddSigns() > 0
                || (v.length() >= 8
                        && (kind == SecretName.NameKind.PASSWORD || shape.digits() >= 2 || v.length() >= 10));
    }

    /** Without quotes it may as well be a variable or a call. */
    private static boolean isBareLiteral(String v, Shape shape, Value.How how) {
        if (v.endsWith("){")
                || v.endsWith("):")
                || how == Value.How.CALL
                || v.length() < SHORTEST_BARE
                || v.startsWith("<")
                || v.contains("=\"")) {
            return false;
        }
        boolean code = CALL.matcher(v).matches();
        if (shape.wordy() && code) {
            boolean name = shape.digits() == 0 || (shape.signs() > 0 && !isPhrase(v, shape));
            return !name
                    && v.length() >= 8
                    && switch (how) {
                        case ENV -> true;
                        case LINE -> (shape.digits() >= 1 && v.length() >= 10) || shape.digits() >= 3;
                        default -> shape.digits() >= 3;
                    };
        }
        if (isPhrase(v, shape)) {
            return true;
        }
        if (shape.digits() == 0 && how != Value.How.ENV) {
            return shape.oddSigns() >= 1 && shape.changes() >= 3 && !code && shape.calls() == 0;
        }
        if (code && shape.calls() > 0) {
            return false;
        }
        return (shape.digits() > 0 && (shape.letters() > 0 || shape.signs() > 1))
                || (!shape.wordy() && shape.changes() >= 3);
    }

    /**
     * Words with a number behind them, as people and generators for people make passwords: {@code otter-velvet-956}.
     */
    static boolean isPhrase(String v, Shape shape) {
        return shape.digits() >= 3 && PHRASE.matcher(v).matches();
    }

    static int distinct(String v) {
        return (int) v.chars().limit(64).distinct().count();
    }
}
