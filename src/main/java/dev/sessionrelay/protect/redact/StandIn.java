package dev.sessionrelay.protect.redact;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What stands where a secret is to be put in: a variable, a hole of a template, "changeme". */
final class StandIn {
    private static final Pattern VARIABLE = Pattern.compile(
            "[\\w-]*\\.{3,}|\\$[\\w:.>\\[\\]'\"-]*|\\$\\{[^}]*}?.*|\\$\\(.*|%\\w+%|%[-\\d.]*[sdrqvx@]|%\\(\\w+\\)s?|\\{\\{?[\\w .$:|()\\[\\]'\"-]*}?}?|#\\{.*"
                    + "|<[\\w /.:'|-]*>?|\\[[\\w /.:'|-]*]|@[\\w.]+@?|:[a-z_]+|&[\\w.]+;?|[^A-Za-z0-9]*(?:\\{[\\w.!]*}[^A-Za-z0-9{]*)+|\\*+[\\w.]*|#[A-Za-z_][\\w.-]*|!\\w+ .*|\\{\\{.*|\\[redacted:.*|\\$\\{\\{.*");

    /** A variable that holds a secret, or an option that asks for one: named in scripts, and in lists of names. */
    private static final Pattern NAME_OF_ONE = Pattern.compile(
            "(?:[A-Z][A-Z0-9]{0,30}_){1,8}(?:TOKEN|PASSWORD|PASSWD|SECRET|KEY|USERNAME|REPOURL)(?:[-:=+}'\"].*)?|--[a-z]{1,30}(?:-[a-z]{1,30}){1,6}");

    /** Words that stand where a secret is to be put in. */
    private static final List<String> DUMMIES = List.of(
            "password",
            "passwd",
            "passwort",
            "kennwort",
            "wachtwoord",
            "senord",
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

    private StandIn() {}

    /** Whether all of it is a variable, an option or a hole of a template. */
    static boolean is(String v) {
        return NAME_OF_ONE.matcher(v).matches() || VARIABLE.matcher(v).matches();
    }

    /** Whether a word in it says so. */
    static boolean isIn(String lower, Shape shape) {
        if (!shape.wordy() && shape.digits() > 4 && lower.length() >= 16) {
            return false;
        }
        for (String dummy : DUMMIES) {
            if (lower.contains(dummy) && (shape.wordy() || HARD_DUMMIES.contains(dummy))) {
                return true;
            }
        }
        return lower.startsWith("test") && shape.wordy();
    }
}
