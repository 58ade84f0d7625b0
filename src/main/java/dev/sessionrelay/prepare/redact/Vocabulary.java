package dev.sessionrelay.prepare.redact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All words that a text is searched for, and what each of them calls for: the rules whose keyword it is, or the secret
 * that it is. Once as they stand in a text, and once as they stand in a line, where JSON escapes some characters.
 */
final class Vocabulary {
    /** A keyword that is so short that it is looked for only in runs of a token's characters. */
    private static final int SHORTEST = 3;

    /** The word that is an escape of printable ASCII. */
    static final int ESCAPE = -1;

    private final Keywords inText = new Keywords();
    private final Keywords inLine = new Keywords();
    private final List<Word> words = new ArrayList<>();
    private final List<Use> inRuns = new ArrayList<>();

    /** A keyword's rule. */
    record Use(Rule rule, String keyword, Rule.Reach reach) {}

    /**
     * @param secret by what name the word itself is a secret; empty when it calls for the rules
     * @param named whether all of the rules look for something that is assigned to a name
     * @param odd whether all of the rules want more than letters
     * @param url whether it is where a URL may tell a password
     */
    record Word(String secret, List<Use> uses, boolean named, boolean odd, boolean url) {

        /** Whether what follows the word, from here on, makes it worth while to ask the rules. */
        boolean isFollowedUp(byte[] text, int at, int to) {
            return url ? Assignment.toHost(text, at, to) : !named || Assignment.follows(text, at, to, odd);
        }
    }

    Vocabulary(RuleSet rules, Map<String, String> secrets) {
        Map<String, List<Use>> uses = new HashMap<>();
        for (Rule rule : rules.rules()) {
            for (String keyword : rule.keywords()) {
                Use use = new Use(rule, keyword, rule.reach(keyword));
                if (keyword.length() < SHORTEST) {
                    inRuns.add(use);
                } else {
                    uses.computeIfAbsent(keyword, _ -> new ArrayList<>()).add(use);
                }
            }
        }
        uses.forEach((keyword, all) -> {
            boolean named = all.stream().allMatch(use -> use.reach() == Rule.Reach.NAME);
            boolean odd = all.stream().allMatch(use -> use.rule().id().equals(Rule.GENERIC));
            add(keyword, new Word("", all, named, odd, keyword.equals("://")), true);
        });
        for (String escape : new String[] {"\\/", "\\u00"}) {
            inLine.add(ESCAPE, escape.getBytes(StandardCharsets.US_ASCII), false);
        }
        secrets.forEach((secret, rule) -> add(secret, new Word(rule, List.of(), false, false, false), false));
    }

    private void add(String text, Word word, boolean anyCase) {
        int number = words.size();
        words.add(word);
        inText.add(number, text.getBytes(StandardCharsets.UTF_8), anyCase);
        inLine.add(number, escaped(text).getBytes(StandardCharsets.UTF_8), anyCase);
    }

    /** As Claude Code, like all of JavaScript, writes it in JSON. */
    static String escaped(String text) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> json.append(c < 0x20 ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        return json.toString();
    }

    Keywords inText() {
        return inText;
    }

    Keywords inLine() {
        return inLine;
    }

    Word word(int number) {
        return words.get(number);
    }

    List<Use> inRuns() {
        return inRuns;
    }
}
