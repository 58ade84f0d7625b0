package dev.sessionrelay.protect.redact;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the secrets in one text. */
final class Detector {
    static final String KNOWN = "known-value";
    static final String RANDOM = "high-entropy";

    private final RuleSet rules;
    private final Vocabulary vocabulary;
    private final boolean inside;
    private List<Finding> found = new ArrayList<>();
    private final RuleSearch search;
    private long gaveUp;
    /** Up to where what is hidden in digits was read. */
    private int hiddenTo;

    private Structures structures = new Structures(new byte[0], 0, 0, (_, _, _) -> {});

    /** @param from where in the text the secret begins */
    record Finding(int from, int to, String rule) {}

    Detector(RuleSet rules, Vocabulary vocabulary) {
        this(rules, vocabulary, false);
    }

    private Detector(RuleSet rules, Vocabulary vocabulary, boolean inside) {
        this.rules = rules;
        this.vocabulary = vocabulary;
        this.inside = inside;
        this.search = new RuleSearch(rules, (from, to, rule) -> found.add(new Finding(from, to, rule)));
    }

    /** How often a rule was stopped since it took too long. */
    long gaveUp() {
        return gaveUp + search.gaveUp();
    }

    /** All findings, in no order; they may overlap. */
    List<Finding> detect(Text text) {
        List<Finding> all = new ArrayList<>();
        for (Text view : Views.of(text)) {
            found = new ArrayList<>();
            look(view);
            found.forEach(finding -> all.add(
                    view == text
                            ? finding
                            : new Finding(
                                    view.inLine(finding.from()), view.inLine(finding.to() - 1) + 1, finding.rule())));
        }
        return all;
    }

    private void look(Text text) {
        search.begin();
        hiddenTo = 0;
        int start = text.start();
        int end = start + text.length();
        structures = new Structures(
                text.bytes(), start, end, (from, to, rule) -> structure(text, from - start, to - start, rule));
        vocabulary
                .inText()
                .find(text.bytes(), start, end, (from, to, word) -> keyword(text, from - start, to - start, word));
        Runs.find(text.bytes(), start, end, (from, to) -> run(text, from - start, to - start));
    }

    private void keyword(Text text, int from, int to, int number) {
        Vocabulary.Keyword word = vocabulary.word(number);
        Broken broken = word.broken();
        if (broken != null) {
            int begin = text.start();
            int other = broken.otherEnd(text.bytes(), begin, begin + from, begin + to, begin + text.length());
            if (other >= 0) {
                found.add(
                        broken.isAtStart()
                                ? new Finding(from, other - begin, word.secret())
                                : new Finding(other - begin, to, word.secret()));
            }
            return;
        }
        if (!word.secret().isEmpty()) {
            found.add(new Finding(from, to, word.secret()));
            return;
        }
        int start = text.start();
        if (!word.isFollowedUp(text.bytes(), start, start + from, start + to, start + text.length())) {
            return;
        }
        if (word.cue() == Cue.HEX || word.cue() == Cue.DUMP) {
            if (!inside && from >= hiddenTo) {
                Hidden hidden = word.cue() == Cue.HEX ? Encoded.hex(text, from) : Encoded.dump(text, from);
                hiddenTo = hidden == null ? hiddenTo : hidden.to(hidden.length() - 1);
                hidden(hidden);
            }
            return;
        }
        if (word.cue() != null) {
            structures.look(word.cue(), start + from, start + to);
            return;
        }
        boolean assigned = word.named()
                || Assignment.follows(text.bytes(), text.start() + to, text.start() + text.length(), false);
        for (Vocabulary.Use use : word.uses()) {
            if (assigned || use.reach() != Rule.Reach.NAME) {
                search.look(use, text, from, to);
            }
        }
    }

    private void run(Text text, int from, int to) {
        byte[] bytes = text.bytes();
        for (int at = from; at < to - 1; at++) {
            for (Vocabulary.Use use : vocabulary.inRuns()) {
                if (at + use.keyword().length() <= to && isAt(bytes, text.start() + at, use.keyword())) {
                    search.look(use, text, at, at + 2);
                }
            }
        }
        if (!inside) {
            if (rules.byEntropy()
                    && !structures.isPublic(text.start() + from)
                    && Entropy.isRandom(
                            bytes, text.start() + from, text.start() + to, text.start(), text.start() + text.length())
                    && !search.isAllowed(RANDOM_RULE, text, from, to, from, to)) {
                found.add(new Finding(from, to, RANDOM));
            }
            if (rules.byStructure()) {
                int start = text.start();
                Prefixed.look(
                        bytes,
                        start + from,
                        start + to,
                        (first, last) -> structure(text, first - start, last - start, Prefixed.RULE));
            }
            if (to - from >= Base64Text.SHORTEST) {
                encoded(text, from, to);
            }
        }
    }

    private void structure(Text text, int from, int to, String rule) {
        if (!rules.off().contains(rule) && !search.isAllowed(RANDOM_RULE, text, from, to, from, to)) {
            found.add(new Finding(from, to, rule));
        }
    }

    private static final Rule RANDOM_RULE = new Rule(RANDOM, "", 0, 0, List.of(), List.of());

    private static boolean isAt(byte[] bytes, int at, String keyword) {
        for (int i = 0; i < keyword.length(); i++) {
            int b = bytes[at + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != keyword.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** What base64 hides is looked at in the same way, and redacted with the characters that carry it. */
    private void encoded(Text text, int from, int to) {
        int first = from;
        for (int i = from; i <= to; i++) {
            if (i == to || !Base64Text.isOf(text.bytes()[text.start() + i])) {
                if (i - first >= Base64Text.SHORTEST) {
                    hidden(Encoded.base64(text, first, i));
                }
                first = i + 1;
            }
        }
    }

    private void hidden(@Nullable Hidden hidden) {
        if (hidden == null) {
            return;
        }
        Detector looking = new Detector(rules, vocabulary, true);
        for (Finding finding : looking.detect(hidden.text())) {
            found.add(new Finding(hidden.from(finding.from()), hidden.to(finding.to() - 1), finding.rule()));
        }
        gaveUp += looking.gaveUp();
    }
}
