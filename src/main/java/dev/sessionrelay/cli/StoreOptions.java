package dev.sessionrelay.cli;

import dev.sessionrelay.plan.PlanIssue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What one may say of a store besides its place; most of it is for the git store. */
final class StoreOptions {
    @Option(
            names = "--repository",
            paramLabel = "<name>",
            description = "The repository of the store: owner/name, an https URL or a path (default: the checkout's"
                    + " origin).")
    private @Nullable String repository;

    @Option(
            names = "--layout",
            paramLabel = "<layout>",
            description = "relay, erk, session-branch or shared (default: relay).")
    private @Nullable String layout;

    @Option(
            names = "--store-branch",
            paramLabel = "<template>",
            description = "The branch that sessions are kept on (default: session-relay/{key}). Templates know {key},"
                    + " {session-id}, {plan}, {user}, {branch} and {repo}.")
    private @Nullable String branch;

    @Option(
            names = "--store-path",
            paramLabel = "<template>",
            description = "A session's folder on that branch (default: sessions/{session-id}).")
    private @Nullable String path;

    @Option(
            names = "--plan-issue",
            paramLabel = "<number>",
            description = "The issue or pull request that holds the plan: its number, owner/name#number or its address."
                    + " It is the {plan} in templates, the key is plan-<number>, and a save notes there where the session"
                    + " is.")
    private @Nullable String plan;

    @Option(names = "--user", paramLabel = "<name>", description = "The {user} in templates.")
    private @Nullable String user;

    @Option(
            names = "--history",
            paramLabel = "<keep|squash>",
            description = "Whether a branch keeps each save as a commit, or the latest only (default: keep).")
    private @Nullable String history;

    @Option(
            names = "--base",
            paramLabel = "<none|default>",
            description = "Whether a new branch stands alone or on the default branch (default: none).")
    private @Nullable String base;

    @Option(
            names = "--pull-request",
            description =
                    "Open a pull request from the branch that was saved to, or leave it to the one that is open; the"
                            + " branch begins on the default one.")
    private boolean pullRequest;

    @Option(names = "--allow-public", description = "Save even where everybody can read it.")
    private boolean allowPublic;

    Optional<PlanIssue> plan() {
        return Optional.ofNullable(plan).map(PlanIssue::parse);
    }

    /** By their names in {@link dev.sessionrelay.store.Surroundings}. */
    Map<String, String> given() {
        Map<String, String> options = new TreeMap<>();
        put(options, "repository", repository);
        put(options, "layout", layout);
        put(options, "branch", branch);
        put(options, "path", path);
        plan().ifPresent(issue -> options.put("plan", String.valueOf(issue.number())));
        put(options, "user", user);
        put(options, "history", history);
        put(options, "base", base);
        options.put("pull-request", String.valueOf(pullRequest));
        options.put("allow-public", String.valueOf(allowPublic));
        return options;
    }

    private static void put(Map<String, String> options, String name, @Nullable String value) {
        if (value != null) {
            options.put(name, value);
        }
    }
}
