package dev.sessionrelay.prepare.redact;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/** Finds the secrets in one text. */
final class Detector {
    static final String KNOWN = "known-value";
    static final String RANDOM = "high-entropy";

    /** How far a match is followed, in steps: most are short, and a private key is not. */
    private static final int[] REACHES = {1 << 9, 1 << 12, 1 << 15};

    private static final int MOST_BEFORE = 200;
    private static final int MOST_IN_NAME = 24;
    /** A name, and all that the rules allow between it and the secret. */
    private static final int MOST_OF_NAME = 80;

    private static final int MOST_STEPS = 1 << 20;
    /** How many characters one rule may look at for each one of a text, and in any text. */
    private static final int STEPS_EACH = 12;

    private static final int STEPS_FREE = 1 << 19;
    /** What it takes to begin at a place, in steps. */
    private static final int STEPS_OF_START = 12;

    private final RuleSet rules;
    private final Vocabulary vocabulary;
    private final boolean inside;
    private List<Finding> found = new ArrayList<>();
    private final Set<Rule> triedAnywhere = new HashSet<>();
    private final Map<Rule, Progress> progress = new HashMap<>();
    private long gaveUp;
    private Structures structures = new Structures(new byte[0], 0, 0, (_, _, _) -> {});

    /** How far a rule has come in the text. */
    private static final class Progress {
        private long stepsLeft;
        /** From where to where it was tried, which no other keyword nearby needs to repeat, and where it matched last. */
        private int triedFrom = -1;

        private int tried = -1;

        private int matched = -1;

        Progress(long steps) {
            stepsLeft = steps;
        }
    }

    /** @param from where in the text the secret begins */
    record Finding(int from, int to, String rule) {}

    Detector(RuleSet rules, Vocabulary vocabulary) {
        this(rules, vocabulary, false);
    }

    private Detector(RuleSet rules, Vocabulary vocabulary, boolean inside) {
        this.rules = rules;
        this.vocabulary = vocabulary;
        this.inside = inside;
    }

    /** How often a rule was stopped since it took too long. */
    long gaveUp() {
        return gaveUp;
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
        triedAnywhere.clear();
        progress.clear();
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
        Vocabulary.Word word = vocabulary.word(number);
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
        if (word.cue() != null) {
            structures.look(word.cue(), start + from, start + to);
            return;
        }
        boolean assigned = word.named()
                || Assignment.follows(text.bytes(), text.start() + to, text.start() + text.length(), false);
        for (Vocabulary.Use use : word.uses()) {
            if (assigned || use.reach() != Rule.Reach.NAME) {
                look(use, text, from, to);
            }
        }
    }

    private void look(Vocabulary.Use use, Text text, int from, int to) {
        switch (use.reach()) {
            case HERE -> matchAt(use.rule(), text, from);
            case NAME -> matchFrom(use.rule(), text, Math.max(0, from - MOST_IN_NAME), from);
            case WORD ->
                matchFrom(use.rule(), text, wordStart(text, from, use.rule().isNamed()), to);
            case ANYWHERE -> anywhere(use.rule(), text);
        }
    }

    /** @param named whether a name stands before the word that the secret is */
    private static int wordStart(Text text, int from, boolean named) {
        if (named) {
            return Math.max(0, from - MOST_OF_NAME);
        }
        byte[] bytes = text.bytes();
        int start = text.start() + from;
        int stop = Math.max(text.start(), start - MOST_BEFORE);
        while (start > stop && !Chars.is(bytes[start - 1], Chars.SPACE)) {
            start--;
        }
        return Math.max(0, start - 1 - text.start());
    }

    private void matchFrom(Rule rule, Text text, int first, int last) {
        Progress come = progress(rule, text);
        if (come.matched >= first && come.matched <= last) {
            return;
        }
        if (come.triedFrom <= first && come.tried >= last) {
            return;
        }
        boolean goesOn = come.triedFrom <= first && come.tried >= first;
        int from = goesOn ? come.tried + 1 : first;
        come.triedFrom = goesOn ? come.triedFrom : first;
        Matcher matcher = matcher(rule, text);
        for (int at = from; at <= last; at++) {
            if (come.stepsLeft <= 0) {
                return;
            }
            come.tried = at;
            if (matchAt(rule, matcher, come, text, at)) {
                come.matched = at;
                return;
            }
        }
    }

    private Progress progress(Rule rule, Text text) {
        return progress.computeIfAbsent(rule, _ -> new Progress(STEPS_FREE + (long) STEPS_EACH * text.length()));
    }

    private void matchAt(Rule rule, Text text, int at) {
        Progress come = progress(rule, text);
        if (come.stepsLeft > 0) {
            matchAt(rule, matcher(rule, text), come, text, at);
        }
    }

    @SuppressWarnings("JdkObsolete") // whether more text could change the answer is just what we ask
    private boolean matchAt(Rule rule, Matcher matcher, Progress come, Text text, int at) {
        come.stepsLeft -= STEPS_OF_START;
        for (int reach : REACHES) {
            int end = Math.min(text.length(), at + reach);
            try {
                int allowed = Math.clamp(come.stepsLeft, 1, MOST_STEPS);
                text.allow(allowed);
                boolean matches = matcher.region(at, end).lookingAt();
                come.stepsLeft -= allowed - text.allowed();
                if (end == text.length() || !matcher.hitEnd() || reach == REACHES[REACHES.length - 1]) {
                    if (matches) {
                        judge(rule, matcher, text);
                    }
                    return matches;
                }
            } catch (Text.TooLong e) {
                come.stepsLeft -= MOST_STEPS;
                gaveUp++;
                return false;
            }
        }
        return false;
    }

    private void anywhere(Rule rule, Text text) {
        if (!triedAnywhere.add(rule)) {
            return;
        }
        Matcher matcher = matcher(rule, text);
        try {
            text.allow((int) Math.min(Integer.MAX_VALUE, (1L << 22) + 64L * text.length()));
            while (matcher.find()) {
                judge(rule, matcher, text);
            }
        } catch (Text.TooLong e) {
            gaveUp++;
        }
    }

    private static Matcher matcher(Rule rule, Text text) {
        return rule.pattern().matcher(text).useAnchoringBounds(false).useTransparentBounds(true);
    }

    private void judge(Rule rule, Matcher matcher, Text text) {
        int group = rule.group();
        for (int i = 1; group == 0 && i <= matcher.groupCount(); i++) {
            group = matcher.start(i) >= 0 && matcher.end(i) > matcher.start(i) ? i : 0;
        }
        int from = matcher.start(group);
        int to = matcher.end(group);
        int start = text.start();
        if (from < 0 || from == to) {
            return;
        }
        if (rule.entropy() > 0 && Entropy.of(text.bytes(), start + from, start + to) <= rule.entropy()) {
            return;
        }
        if (!isAllowed(rule, text, matcher.start(), matcher.end(), from, to)) {
            found.add(new Finding(from, to, rule.id()));
        }
    }

    private boolean isAllowed(Rule rule, Text text, int matchFrom, int matchTo, int from, int to) {
        String secret = text.string(from, to);
        String match = text.string(nameStart(text, matchFrom), matchTo);
        String line = text.string(lineStart(text, matchFrom), lineEnd(text, matchTo));
        return rules.allowances().stream().anyMatch(allowance -> allowance.allows(secret, match, line))
                || rule.allowances().stream().anyMatch(allowance -> allowance.allows(secret, match, line));
    }

    /** The name's beginning, which is no part of our patterns but of the match that allowances look at. */
    private static int nameStart(Text text, int from) {
        byte[] bytes = text.bytes();
        int at = text.start() + from;
        int stop = Math.max(text.start(), at - 50);
        while (at > stop && (Chars.is(bytes[at - 1], Chars.LETTER | Chars.DIGIT) || isOfName(bytes[at - 1]))) {
            at--;
        }
        return at - text.start();
    }

    private static boolean isOfName(byte b) {
        return b == '_' || b == '.' || b == '-';
    }

    private static int lineStart(Text text, int from) {
        int at = text.start() + from;
        int stop = Math.max(text.start(), at - MOST_BEFORE);
        while (at > stop && text.bytes()[at - 1] != '\n') {
            at--;
        }
        return at - text.start();
    }

    private static int lineEnd(Text text, int to) {
        int at = text.start() + to;
        int stop = Math.min(text.start() + text.length(), at + MOST_BEFORE);
        while (at < stop && text.bytes()[at] != '\n') {
            at++;
        }
        return at - text.start();
    }

    private void run(Text text, int from, int to) {
        byte[] bytes = text.bytes();
        for (int at = from; at < to - 1; at++) {
            for (Vocabulary.Use use : vocabulary.inRuns()) {
                if (at + use.keyword().length() <= to && isAt(bytes, text.start() + at, use.keyword())) {
                    look(use, text, at, at + 2);
                }
            }
        }
        if (!inside) {
            if (rules.byEntropy()
                    && Entropy.isRandom(
                            bytes, text.start() + from, text.start() + to, text.start(), text.start() + text.length())
                    && !isAllowed(RANDOM_RULE, text, from, to, from, to)) {
                found.add(new Finding(from, to, RANDOM));
            }
            if (to - from >= Base64Text.SHORTEST) {
                encoded(text, from, to);
            }
        }
    }

    private void structure(Text text, int from, int to, String rule) {
        if (!rules.off().contains(rule) && !isAllowed(RANDOM_RULE, text, from, to, from, to)) {
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
                    encodedPiece(text, first, i);
                }
                first = i + 1;
            }
        }
    }

    private void encodedPiece(Text text, int from, int to) {
        byte[] raw = text.copy(from, from + (to - from) / 4 * 4);
        for (int i = 0; i < raw.length; i++) {
            raw[i] = raw[i] == '-' ? (byte) '+' : raw[i] == '_' ? (byte) '/' : raw[i];
        }
        if (!Base64Text.startsAsText(raw)) {
            return;
        }
        byte[] decoded = Base64.getDecoder().decode(raw);
        if (!Base64Text.isText(decoded)) {
            return;
        }
        Text hidden = new Text();
        hidden.take(decoded, 0, decoded.length, false);
        Detector looking = new Detector(rules, vocabulary, true);
        for (Finding finding : looking.detect(hidden)) {
            int last = Math.min(to, from + (finding.to() + 2) / 3 * 4);
            found.add(new Finding(from + finding.from() / 3 * 4, last, finding.rule()));
        }
        gaveUp += looking.gaveUp();
    }
}
