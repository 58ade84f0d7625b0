package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All words that a text is searched for, and what each of them calls for: the rules whose keyword it is, or the secret
 * that it is. Once as they stand in a text, and once as they stand in a line, where JSON escapes some characters.
 */
final class Vocabulary {
    /** A keyword that is so short that it is looked for only in runs of a token's characters. */
    private static final int SHORTEST = 3;

    /** How long tokens begin that are rarer than the words that begin so, too. */
    private static final Set<String> IN_RUNS =
            Set.of("pat", "api", "sdk", "mob", "rel", "re_", "fc-", "ak-", "as-", "pa-", "sk_", "r8_", "fw_");

    /** A token's beginning that many names end in, which hexadecimal digits follow. */
    private static final String DIGITS_FOLLOW = "st.";

    private static final int MOST_OF_DIGITS = 8;

    /** The word that is an escape of printable ASCII. */
    static final int ESCAPE = -1;

    private final Keywords inText = new Keywords();
    private final Keywords inLine = new Keywords();
    private final List<Keyword> words = new ArrayList<>();
    private final List<Use> inRuns = new ArrayList<>();
    private final boolean looksForRandom;

    /** A keyword's rule. */
    record Use(Rule rule, String keyword, Rule.Reach reach) {}

    /**
     * @param secret by what name the word itself is a secret; empty when it calls for the rules
     * @param named whether all of the rules look for something that is assigned to a name
     * @param odd whether all of the rules want more than letters
     * @param url whether it is where a URL may tell a password
     * @param broken the value of which it is a piece
     * @param cue what it says about its surroundings, where it calls for no rules
     */
    record Keyword(
            String secret,
            List<Use> uses,
            boolean named,
            boolean odd,
            boolean url,
            @Nullable Cue cue,
            @Nullable Broken broken) {

        /** A value of this length, broken everywhere, is not far from its beginning. */
        private static final int MOST_NEAR = 64;

        /** How much around the word matters. */
        int reach() {
            if (cue != null) {
                return cue.reach() > 256 || cue == Cue.PEM || cue == Cue.PEM_BODY ? Suspicion.FAR : Suspicion.NEAR;
            }
            if (broken != null) {
                return broken.length() > MOST_NEAR ? Suspicion.FAR : Suspicion.NEAR;
            }
            boolean anywhere = uses.stream().anyMatch(use -> use.reach() == Rule.Reach.ANYWHERE);
            return anywhere ? Suspicion.WHOLE : Suspicion.NEAR;
        }

        /** Whether what is around the word makes it worth while to ask the rules. */
        boolean isFollowedUp(byte[] text, int begin, int from, int to, int end) {
            if (cue != null) {
                return cue.isFollowedUp(text, begin, from, to, end);
            }
            if (to - from == DIGITS_FOLLOW.length() && uses.getFirst().keyword().equals(DIGITS_FOLLOW)) {
                return isHex(text, to, end);
            }
            return url ? Assignment.toHost(text, to, end) : !named || Assignment.follows(text, to, end, odd);
        }
    }

    Vocabulary(RuleSet rules, Map<String, String> secrets) {
        looksForRandom = rules.byEntropy() || !rules.rules().isEmpty();
        Map<String, List<Use>> uses = new HashMap<>();
        for (Rule rule : rules.rules()) {
            if (rules.byStructure() && rule.id().equals(Pem.RULE)) {
                continue;
            }
            for (String keyword : rule.keywords()) {
                Use use = new Use(rule, keyword, rule.reach(keyword));
                if (keyword.length() < SHORTEST || (!rule.isNamed() && IN_RUNS.contains(keyword))) {
                    inRuns.add(use);
                } else {
                    uses.computeIfAbsent(keyword, _ -> new ArrayList<>()).add(use);
                }
            }
        }
        uses.forEach((keyword, all) -> {
            boolean named = all.stream().allMatch(use -> use.reach() == Rule.Reach.NAME);
            boolean odd = all.stream().allMatch(use -> use.rule().id().equals(Rule.GENERIC));
            add(keyword, new Keyword("", all, named, odd, keyword.equals("://"), null, null), true);
        });
        if (rules.byStructure()) {
            addCues();
        }
        for (String escape : new String[] {"\\/", "\\u00"}) {
            inLine.add(ESCAPE, escape.getBytes(StandardCharsets.US_ASCII), false);
        }
        secrets.forEach((secret, rule) -> Forms.of(secret)
                .forEach(form -> add(form, new Keyword(rule, List.of(), false, false, false, null, null), false)));
        secrets.forEach(this::addPieces);
        if (!secrets.isEmpty() || rules.byStructure()) {
            cue(Cue.DUMP, List.of("00000000: ", "00000000  ", "0000000 ", "0000000: "));
            for (String hides : new String[] {
                "\\u001b", "\\u001B", "\\u200", "\\ufeff", "\\b", "\\u0000", "&#", "\\\\x", "\\\\u00", "\\\\1", "\\\\0",
                "%25", "%5f", "%5F", "%2d", "%2D", "\u200b", "\u200c", "\u2060", "\ufeff", "\u00ad"
            }) {
                inLine.add(ESCAPE, hides.getBytes(StandardCharsets.UTF_8), false);
            }
        }
    }

    /** Values that are broken are found by their first and their last letters, also in base64. */
    private void addPieces(String secret, String rule) {
        byte[] value = secret.getBytes(StandardCharsets.UTF_8);
        addPieces(value, rule);
        Base64Text.standardOf(value).forEach(form -> addPieces(form.getBytes(StandardCharsets.US_ASCII), rule));
    }

    private void addPieces(byte[] value, String rule) {
        if (value.length < Broken.SHORTEST) {
            return;
        }
        for (boolean start : new boolean[] {true, false}) {
            Broken broken = new Broken(value, start);
            String piece = new String(broken.piece(), StandardCharsets.ISO_8859_1);
            if (piece.chars().allMatch(c -> c < 0x80)) {
                add(piece, new Keyword(rule, List.of(), false, false, false, null, broken), false);
            }
        }
    }

    private void addCues() {
        for (Cue cue : Cue.values()) {
            cue(cue, cue.texts());
        }
        cue(Cue.TOKEN, Halves.BEGINNINGS);
        cue(Cue.HEX, HexBeginnings.ALL);
        cue(Cue.NUMBERS, ByteList.BEGINNINGS);
        for (String command : Commands.names()) {
            cue(Cue.COMMAND, List.of(command.length() <= SHORTEST ? command + " " : command));
        }
    }

    private void cue(Cue cue, List<String> texts) {
        for (String text : texts) {
            add(lower(text), new Keyword("", List.of(), false, false, false, cue, null), true);
        }
    }

    private void add(String text, Keyword word, boolean anyCase) {
        int number = words.size();
        words.add(word);
        inText.add(number, text.getBytes(StandardCharsets.UTF_8), anyCase);
        inLine.add(number, escaped(text).getBytes(StandardCharsets.UTF_8), anyCase);
    }

    /** Only the letters of ASCII, since no others are looked for in any case. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder();
        text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
        return lower.toString();
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

    private static boolean isHex(byte[] text, int from, int end) {
        for (int i = from; i < from + MOST_OF_DIGITS; i++) {
            if (i >= end || Character.digit(text[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether long runs of a token's characters are secrets by themselves, and not only where they hide known ones. */
    boolean looksForRandom() {
        return looksForRandom;
    }

    Keywords inText() {
        return inText;
    }

    Keywords inLine() {
        return inLine;
    }

    Keyword word(int number) {
        return words.get(number);
    }

    List<Use> inRuns() {
        return inRuns;
    }
}
