package dev.sessionrelay.protect.redact;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known to be secret on this machine: what it was told, and the variables of its environment whose names say
 * so. Another machine knows other values. That is why what is redacted in a store stays so, and why a comparison takes
 * a placeholder for what it stands for.
 */
final class KnownValues {
    private static final Pattern NAME = Pattern.compile(
            "(?:.*[_-])?(?:[A-Z0-9]*(?:TOKEN|SECRETS?|PASSWORD|PASSWD|PASSPHRASE|APIKEY)|PASS|PWD|PAT|KEY|CREDENTIALS?|CREDS?"
                    + "|AUTH|WEBHOOK(?:_URL)?|DSN|SAS|PSK|CONNECTION_STRING|(?:PRIVATE|ACCESS|SECRET|API|ENCRYPTION|SIGNING)"
                    + "_?KEY(?:_\\w+)?)(?:_(?:BASE64|B64|VALUE|RAW|\\d+))?");
    private static final Set<String> NO_SECRETS = Set.of("PWD", "OLDPWD", "SSH_AUTH_SOCK", "GPG_KEY", "PUBLIC_KEY");
    private static final Pattern IN_URL = Pattern.compile("[a-z][a-z0-9+.-]*://[^\\s/:@]*:([^\\s/@]{6,})@.*");
    private static final Set<String> COMMON = Set.of(
            "password",
            "passw0rd",
            "changeme",
            "changeit",
            "postgres",
            "localhost",
            "development",
            "production",
            "disabled",
            "required",
            "undefined",
            "anonymous",
            "test-token",
            "not-a-key",
            "dummy-key",
            "placeholder",
            "secret-key");
    private static final Pattern PATH = Pattern.compile("(?:[~.]{0,2}/|[A-Za-z]:\\\\)(?:[\\w.@ -]+[/\\\\])*[\\w.@ -]*");
    private static final int SHORTEST = 8;
    private static final int LONGEST = 1 << 14;

    private KnownValues() {}

    /** All values, each with the name of what it is. */
    static Map<String, String> of(Map<String, String> environment, Collection<String> told) {
        Map<String, String> forms = new LinkedHashMap<>();
        told.stream()
                .flatMap(value -> lines(value).stream())
                .filter(KnownValues::isSecret)
                .forEach(line -> forms.putIfAbsent(line, Detector.KNOWN));
        environment.forEach((name, value) -> {
            if (saysSecret(name) && isSecret(value)) {
                lines(value).stream()
                        .filter(KnownValues::isSecret)
                        .forEach(line -> forms.putIfAbsent(line, Detector.KNOWN));
            }
            Matcher url = IN_URL.matcher(value);
            if (url.matches() && isSecret(url.group(1))) {
                forms.putIfAbsent(url.group(1), Detector.KNOWN);
            }
        });
        return forms;
    }

    /** A key of many lines is known by each of them: what shows it may show it line by line. */
    static List<String> lines(String value) {
        return value.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("-----"))
                .toList();
    }

    static boolean saysSecret(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return !NO_SECRETS.contains(upper) && NAME.matcher(upper).matches();
    }

    /** Whether some of what was told is looked for in vain: it is no use to replace a word in every sentence. */
    static long tooCommon(Collection<String> told) {
        return told.stream()
                .flatMap(value -> lines(value).stream())
                .filter(line -> !isSecret(line))
                .count();
    }

    /** A short value, a plain word or a path is all over a transcript, and replacing it would take away its sense. */
    private static boolean isSecret(String value) {
        return value.length() >= SHORTEST
                && value.length() <= LONGEST
                && !COMMON.contains(value.toLowerCase(Locale.ROOT))
                && !PATH.matcher(value).matches()
                && value.chars().distinct().count() >= 5
                && !isPlainWord(value);
    }

    private static boolean isPlainWord(String value) {
        return value.length() < 16
                && value.chars().allMatch(Character::isLetter)
                && (value.length() < 10 || !Passphrase.isDrawn(value, Shape.of(value), 10));
    }

    /** Whether what was found once is to be looked for where nothing says what it is. */
    static boolean isWorthRepeating(String value, String rule) {
        if (!isSecret(value)) {
            return false;
        }
        long digits = value.chars().filter(c -> c >= '0' && c <= '9').count();
        boolean name = value.indexOf('_') >= 0 || value.indexOf('.') >= 0 || digits == 0;
        Shape shape = Shape.of(value);
        // What a sentence tells may be a word of the text, and would be taken out of all of it.
        boolean phrase =
                rule.equals(Structures.TOLD) ? Passphrase.isDashed(value, shape) : Passphrase.isOne(value, shape);
        return !shape.wordy() || (!name && (digits >= 3 || value.length() >= 10)) || phrase;
    }
}
