package dev.sessionrelay.text.mask;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is not to be shown: the secrets that the program was given, in every form that a message may have them in, and
 * whatever stands in an address where secrets stand.
 */
public final class Masks {
    private static final String MASK = "***";
    private static final int SHORTEST = 6;
    private static final int SHORTEST_WORD = 16;
    private static final int SHORTEST_NUMBER = 12;
    /** So much of a secret that was cut off is not shown either. */
    private static final int SHORTEST_PART = 4;

    private static final String SECRET_WORDS = "(?:access_token|private_token|auth_token|oauth_token|api_?key|apikey"
            + "|token|password|passwd|pwd|secret|client_secret|sig|signature|x-amz-signature|x-amz-security-token)";
    /** A path of two slashes that was put in order has one. */
    private static final Pattern USER_INFO =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,30}:/{1,3})([^/?#\\s\"'<>]{1,2000})@");

    /** What was cut off before its {@code @} came; a port has digits alone. */
    private static final Pattern CUT_OFF = Pattern.compile(
            "([A-Za-z][A-Za-z0-9+.-]{0,30}://[^/@:\\s\"'<>…]{1,300}+:)(?![0-9]{1,5}(?:[/?#\\s\"'<>),;]|$))"
                    + "([^/@\\s\"'<>…]{1,2000}+)(?=…)");

    private static final Pattern QUERY =
            Pattern.compile("(?i)([?&;]" + SECRET_WORDS + "(?:=|%3d))([^&;#\\s\"'<>]{1,4000}+)");
    private static final Pattern OF_AGE = Pattern.compile("AGE-SECRET-KEY-[0-9A-Za-z]{4,}+");

    /** The longest first, so that none is cut by another that is a part of it. */
    private final List<String> values;

    private final List<String> secrets;

    private Masks(Collection<String> given) {
        Set<String> forms =
                new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(text -> text));
        this.secrets = given.stream()
                .map(String::strip)
                .filter(Masks::isUnlikeAnythingElse)
                .distinct()
                .toList();
        secrets.forEach(secret -> forms.addAll(SecretForms.of(secret)));
        this.values = List.copyOf(forms);
    }

    /** A word or a short number would be taken out of what it does not stand for: a name, a date, a key of JSON. */
    private static boolean isUnlikeAnythingElse(String secret) {
        boolean isWord = secret.chars().allMatch(Character::isLetter);
        boolean isNumber = secret.chars().allMatch(Character::isDigit);
        return secret.length() >= (isWord ? SHORTEST_WORD : isNumber ? SHORTEST_NUMBER : SHORTEST);
    }

    /**
     * @param environment of the process; the inputs of an action stand in it as well
     * @param arguments of the process
     * @param more other text that may name addresses with secrets in them
     */
    public static Masks of(Map<String, String> environment, Collection<String> arguments, Collection<String> more) {
        List<String> secrets = new ArrayList<>(GivenSecrets.secretsOf(environment));
        List<String> texts = new ArrayList<>(arguments);
        texts.addAll(GivenSecrets.addressesIn(environment));
        texts.addAll(more);
        texts.forEach(text -> secrets.addAll(GivenSecrets.secretsIn(text)));
        return new Masks(secrets);
    }

    public String in(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        if (masked.indexOf('…') >= 0) {
            masked = withoutBeginnings(masked);
        }
        if (masked.indexOf(':') >= 0) {
            masked = replaced(USER_INFO, masked);
            masked = CUT_OFF.matcher(masked).replaceAll("$1" + MASK);
        }
        if (masked.indexOf('=') >= 0 || masked.indexOf('%') >= 0) {
            masked = QUERY.matcher(masked).replaceAll("$1" + MASK);
        }
        return masked.contains("AGE-SECRET-KEY-")
                ? OF_AGE.matcher(masked).replaceAll("AGE-SECRET-KEY-" + MASK)
                : masked;
    }

    /** The user of an address over SSH is no secret: it is git, nearly always. */
    private static String replaced(Pattern userInfo, String text) {
        Matcher matcher = userInfo.matcher(text);
        StringBuilder masked = new StringBuilder();
        while (matcher.find()) {
            int colon = matcher.group(2).indexOf(':');
            boolean isSsh = matcher.group(1).toLowerCase(Locale.ROOT).contains("ssh");
            String shown = !isSsh || matcher.group(2).endsWith(":x-oauth-basic")
                    ? MASK
                    : colon < 0 ? matcher.group(2) : matcher.group(2).substring(0, colon) + ":" + MASK;
            matcher.appendReplacement(masked, Matcher.quoteReplacement(matcher.group(1) + shown + "@"));
        }
        return matcher.appendTail(masked).toString();
    }

    private String withoutBeginnings(String text) {
        String masked = text;
        for (int end = masked.indexOf('…'); end >= 0; end = masked.indexOf('…', end + 1)) {
            Optional<String> part = beginningBefore(masked, end);
            if (part.isPresent()) {
                int from = end - part.get().length();
                masked = masked.substring(0, from) + MASK + masked.substring(end);
                end = from + MASK.length();
            }
        }
        return masked;
    }

    private Optional<String> beginningBefore(String text, int end) {
        for (String secret : values) {
            for (int length = Math.min(secret.length() - 1, end); length >= SHORTEST_PART; length--) {
                if (text.startsWith(secret.substring(0, length), end - length)) {
                    return Optional.of(secret.substring(0, length));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return secrets.size() + " secrets";
    }
}
