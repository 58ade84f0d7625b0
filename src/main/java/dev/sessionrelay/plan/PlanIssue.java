package dev.sessionrelay.plan;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which issue or pull request holds a plan.
 *
 * @param repository where the text names one
 */
public record PlanIssue(int number, Optional<String> repository) {
    private static final Pattern NUMBER = Pattern.compile("#?([1-9][0-9]{0,8})");
    private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9-]+/[A-Za-z0-9._-]+)#([1-9][0-9]{0,8})");
    private static final Pattern ADDRESS =
            Pattern.compile("(https?://[^/\\s]+/[^/\\s]+/[^/\\s]+)/(?:issues|pull)/([1-9][0-9]{0,8})(?:[/?#].*)?");
    private static final Pattern BRANCH = Pattern.compile("P?([1-9][0-9]{0,8})-.*");

    /** @param text {@code 4991}, {@code #4991}, {@code owner/name#4991}, or the address of its page */
    public static PlanIssue parse(String text) {
        return find(text)
                .orElseThrow(() -> Failure.badInput(
                        "Invalid issue identifier: " + SafeText.of(text, 120),
                        "give its number, such as 4991, or the address of its page"));
    }

    public static Optional<PlanIssue> find(String text) {
        String given = text.strip();
        Matcher number = NUMBER.matcher(given);
        if (number.matches()) {
            return Optional.of(new PlanIssue(Integer.parseInt(number.group(1)), Optional.empty()));
        }
        Matcher elsewhere = NAMED.matcher(given);
        if (!elsewhere.matches()) {
            elsewhere = ADDRESS.matcher(given);
        }
        return elsewhere.matches()
                ? Optional.of(new PlanIssue(Integer.parseInt(elsewhere.group(2)), Optional.of(elsewhere.group(1))))
                : Optional.empty();
    }

    /** The branches that erk works on begin with their plan's number. */
    public static Optional<PlanIssue> ofBranch(String branch) {
        Matcher name = BRANCH.matcher(branch);
        return name.matches()
                ? Optional.of(new PlanIssue(Integer.parseInt(name.group(1)), Optional.empty()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "#" + number;
    }
}
