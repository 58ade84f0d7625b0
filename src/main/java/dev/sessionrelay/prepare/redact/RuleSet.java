package dev.sessionrelay.prepare.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules that are looked for.
 *
 * @param allowances what none of them takes for a secret
 */
record RuleSet(List<Rule> rules, List<Allowance> allowances) {
    static final RuleSet NONE = new RuleSet(List.of(), List.of());

    RuleSet {
        rules = List.copyOf(rules);
        allowances = List.copyOf(allowances);
    }

    RuleSet with(List<Rule> more, List<Allowance> moreAllowances, Set<String> off) {
        List<Rule> all = new ArrayList<>(more);
        rules.stream()
                .filter(rule -> !off.contains(rule.id()))
                .filter(rule -> more.stream().noneMatch(own -> own.id().equals(rule.id())))
                .forEach(all::add);
        List<Allowance> allAllowances = new ArrayList<>(allowances);
        allAllowances.addAll(moreAllowances);
        return new RuleSet(all, allAllowances);
    }
}
