package dev.sessionrelay.protect.redact;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Matches rules around their keywords, so that each of them takes time in proportion to the text. */
final class RuleSearch {
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

    /** What stands behind "password" in translations, lists of names and descriptions of an interface. */
    private static final Set<String> WORDS = Set.of(
            "password", "passwort", "kennwort", "passphrase", "refresh_token", "username", "required", "optional");

    /** What a program calls a part of something, as in {@code firstKeys.length}. */
    private static final Pattern MEMBER = Pattern.compile("[A-Za-z_$][\\w$]{0,40}+(?:\\.[A-Za-z_$]{2,24}+)++");

    private static final String TERRAFORM = "hashicorp-tf-password";

    private final RuleSet rules;
    private final Structures.StructureHits hits;
    private final Set<Rule> triedAnywhere = new HashSet<>();
    private final Map<Rule, Progress> progress = new HashMap<>();
    private long gaveUp;

    /** How far a rule has come in the text. */
    private static final class Progress {
        private long stepsLeft;
        /**
         * From where to where it was tried, which no other keyword nearby needs to repeat, and where it matched
         * last.
         */
        private int triedFrom = -1;

        private int tried = -1;

        private int matched = -1;

        Progress(long steps) {
            stepsLeft = steps;
        }
    }

    RuleSearch(RuleSet rules, Structures.StructureHits hits) {
        this.rules = rules;
        this.hits = hits;
    }

    /** How often a rule was stopped since it took too long. */
    long gaveUp() {
        return gaveUp;
    }

    /** Another text comes. */
    void begin() {
        triedAnywhere.clear();
        progress.clear();
    }

    /** Asks the rule about a keyword that stands from here to there. */
    void look(Vocabulary.Use use, Text text, int from, int to) {
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

    /** Rules that go by a name alone take digests and words of a form as well. */
    private static boolean isPublic(Rule rule, Text text, int from, int to) {
        String secret = text.string(from, to);
        if (rule.id().equals(Rule.GENERIC)) {
            return Entropy.isDigest(secret)
                    || Plausible.isSealed(secret)
                    || (MEMBER.matcher(secret).matches() && !isQuoted(text.bytes(), text.start() + from))
                    || PublicName.isBefore(text.bytes(), text.start() + from, text.start());
        }
        return rule.id().equals(TERRAFORM)
                && WORDS.contains(secret.replace("\"", "").toLowerCase(Locale.ROOT));
    }

    private static boolean isQuoted(byte[] bytes, int at) {
        return at > 0 && "\"'`".indexOf(bytes[at - 1]) >= 0;
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
        if (!isPublic(rule, text, from, to) && !isAllowed(rule, text, matcher.start(), matcher.end(), from, to)) {
            hits.at(from, to, rule.id());
        }
    }

    /** Whether what a rule found is known to be harmless. */
    boolean isAllowed(Rule rule, Text text, int matchFrom, int matchTo, int from, int to) {
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
}
