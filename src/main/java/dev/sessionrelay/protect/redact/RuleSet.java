package dev.sessionrelay.protect.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules that are looked for.
 *
 * @param allowances what none of them takes for a secret
 * @param byEntropy whether what looks drawn by lot is a secret without any rule
 * @param off what is not looked for though it would be by structure
 */
record RuleSet(List<Rule> rules, List<Allowance> allowances, boolean byEntropy, boolean byStructure, Set<String> off) {
    static final RuleSet NONE = new RuleSet(List.of(), List.of(), false, false, Set.of());

    RuleSet {
        rules = List.copyOf(rules);
        allowances = List.copyOf(allowances);
        off = Set.copyOf(off);
    }

    RuleSet withoutAllowances() {
        return new RuleSet(rules, List.of(), byEntropy, byStructure, off);
    }

    /** The rule under a name that none of these has. */
    Rule besides(Rule other) {
        return rules.stream().anyMatch(rule -> rule.id().equals(other.id()))
                ? other.called("project-" + other.id())
                : other;
    }

    RuleSet with(List<Rule> more, List<Allowance> moreAllowances, Set<String> without) {
        List<Rule> all = new ArrayList<>(more);
        rules.stream()
                .filter(rule -> !without.contains(rule.id()))
                .filter(rule -> more.stream().noneMatch(own -> own.id().equals(rule.id())))
                .forEach(all::add);
        List<Allowance> allAllowances = new ArrayList<>(allowances);
        allAllowances.addAll(moreAllowances);
        return new RuleSet(all, allAllowances, byEntropy && !without.contains(Detector.RANDOM), byStructure, without);
    }
}
