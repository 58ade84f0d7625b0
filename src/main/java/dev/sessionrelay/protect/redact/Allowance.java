package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What looks like a secret and is none: any of the patterns is found in the target, or any of the words in the
 * secret.
 */
final class Allowance {

    /** What the patterns are looked for in. */
    enum Target {
        SECRET,
        MATCH,
        LINE
    }

    private static final int SHORTEST_WORD = 3;

    private final Target target;
    private final List<String> regexes;
    private final List<String> words;
    private volatile @Nullable List<Pattern> patterns;
    private volatile @Nullable Keywords search;

    Allowance(Target target, List<String> regexes, List<String> words) {
        this.target = target;
        this.regexes = List.copyOf(regexes);
        this.words = words.stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() >= SHORTEST_WORD)
                .distinct()
                .toList();
    }

    Target target() {
        return target;
    }

    List<String> regexes() {
        return regexes;
    }

    List<String> words() {
        return words;
    }

    Allowance with(List<String> moreWords) {
        return new Allowance(target, regexes, moreWords);
    }

    boolean allows(String secret, String match, String line) {
        String looked = switch (target) {
            case SECRET -> secret;
            case MATCH -> match;
            case LINE -> line;
        };
        for (Pattern pattern : patterns()) {
            if (pattern.matcher(looked).find()) {
                return true;
            }
        }
        return !words.isEmpty() && holdsWord(secret);
    }

    private List<Pattern> patterns() {
        List<Pattern> compiled = patterns;
        if (compiled == null) {
            compiled = regexes.stream().map(Dialect::pattern).toList();
            patterns = compiled;
        }
        return compiled;
    }

    private boolean holdsWord(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.ISO_8859_1);
        boolean[] found = new boolean[1];
        search().find(bytes, 0, bytes.length, (from, to, word) -> found[0] = true);
        return found[0];
    }

    private Keywords search() {
        Keywords filled = search;
        if (filled == null) {
            filled = new Keywords();
            for (String word : words) {
                filled.add(0, word.getBytes(StandardCharsets.ISO_8859_1), true);
            }
            search = filled;
        }
        return filled;
    }
}
