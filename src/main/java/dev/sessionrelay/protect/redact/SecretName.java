package dev.sessionrelay.protect.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a name says about the value that is assigned to it, by its last word: {@code dbPassword}, {@code API_KEY_2}. */
final class SecretName {
    enum NameKind {
        NONE,
        /** A key, which may be one of a dictionary or of a keyboard. */
        KEY,
        TOKEN,
        PASSWORD
    }

    private static final Map<String, List<String>> WORDS = WordLists.sections("names.txt");
    private static final Set<String> PASSWORDS = section("PASSWORDS");
    private static final Set<String> TOKENS = section("TOKENS");
    private static final List<String> ENDINGS =
            List.of("password", "passwd", "passwort", "kennwort", "passphrase", "secret", "contrasena");
    private static final List<String> TOKEN_ENDINGS =
            List.of("token", "apikey", "secretkey", "privatekey", "accesskey");
    /** What makes a key one that opens something. */
    private static final Set<String> OF_KEYS = section("OF_KEYS");
    /** What may stand behind the word that counts. */
    private static final Set<String> AFTER = section("AFTER");
    /** Tokens of parsers, pages and models. */
    private static final Set<String> OF_OTHER_TOKENS = section("OF_OTHER_TOKENS");

    private static final Set<String> NOT = section("NOT");

    /** Names that only say something in a URL. */
    static final Set<String> IN_QUERIES = section("IN_QUERIES");

    private static final Set<String> ASKING = section("ASKING");

    private SecretName() {}

    private static Set<String> section(String name) {
        return Set.copyOf(Objects.requireNonNull(WORDS.get(name), name));
    }

    /** Whether a function of this name is given something else than a secret. */
    static boolean asks(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String verb : ASKING) {
            if (lower.startsWith(verb)) {
                return true;
            }
        }
        return false;
    }

    /** @param name a letter for each byte */
    static NameKind of(String name) {
        List<String> words = words(name);
        int last = words.size() - 1;
        if (last > 0 && words.get(last).equals("string") && words.get(last - 1).equals("secure")) {
            return NameKind.PASSWORD;
        }
        while (last > 0
                && (AFTER.contains(words.get(last))
                        || Wordiness.isDigit(words.get(last).charAt(0)))) {
            last--;
        }
        if (last < 0) {
            return NameKind.NONE;
        }
        String word = words.get(last);
        String before = last > 0 ? words.get(last - 1) : "";
        if (NOT.contains(before) && !word.equals("requirepass")) {
            return NameKind.NONE;
        }
        if (word.equals("id") && before.equals("secret") && name.indexOf('-') < 0) {
            return NameKind.TOKEN;
        }
        if (PASSWORDS.contains(word)
                || word.startsWith("contrase")
                || (word.equals("passe") && words.contains("mot"))) {
            return NameKind.PASSWORD;
        }
        if (word.equals("phrase") && (before.equals("pass") || before.equals("seed") || before.equals("recovery"))) {
            return NameKind.PASSWORD;
        }
        if (TOKENS.contains(word)) {
            return OF_OTHER_TOKENS.contains(before) ? NameKind.NONE : NameKind.TOKEN;
        }
        if (word.equals("key") || word.equals("keys")) {
            if (OF_KEYS.contains(before)) {
                return NameKind.TOKEN;
            }
            return last == 0 && words.size() > 1 ? NameKind.NONE : NameKind.KEY;
        }
        if (word.length() > 6 && ENDINGS.stream().anyMatch(word::endsWith)) {
            return NameKind.PASSWORD;
        }
        return word.length() > 5 && TOKEN_ENDINGS.stream().anyMatch(word::endsWith) ? NameKind.TOKEN : NameKind.NONE;
    }

    private static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < name.length()) {
            char c = name.charAt(at);
            if (!Wordiness.isLetter(c) && !Wordiness.isDigit(c) && c < 0x80) {
                at++;
                continue;
            }
            int end = c < 0x80 ? Wordiness.pieceEnd(name, at) : at + 1;
            while (end < name.length()
                    && (name.charAt(end) >= 0x80 || (c >= 0x80 && Wordiness.isLower(name.charAt(end))))) {
                end++;
                while (end < name.length() && Wordiness.isLower(name.charAt(end))) {
                    end++;
                }
            }
            words.add(name.substring(at, end).toLowerCase(Locale.ROOT));
            at = end;
        }
        return words;
    }
}
