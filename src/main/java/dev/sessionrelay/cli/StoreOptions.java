package dev.sessionrelay.cli;

import dev.sessionrelay.plan.PlanIssue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one may say of a store besides its place; most of it is for the git store. */
final class StoreOptions {
    private final Command.Given<String> repository;
    private final Command.Given<String> layout;
    private final Command.Given<String> branch;
    private final Command.Given<String> path;
    private final Command.Given<String> plan;
    private final Command.Given<String> user;
    private final Command.Given<String> history;
    private final Command.Given<String> base;
    private final Command.Flag pullRequest;
    private final Command.Flag allowPublic;

    StoreOptions(Command verb) {
        repository = verb.text(
                "--repository",
                "<name>",
                "The repository of the store: owner/name, an https URL or a path (default: the checkout's"
                        + " origin).");
        layout = verb.text("--layout", "<layout>", "relay, erk, session-branch or shared (default: relay).");
        branch = verb.text(
                "--store-branch",
                "<template>",
                "The branch that sessions are kept on (default: session-relay/{key}). Templates know"
                        + " {key}, {session-id}, {plan}, {user}, {branch} and {repo}.");
        path = verb.text(
                "--store-path", "<template>", "A session's folder on that branch (default: sessions/{session-id}).");
        plan = verb.text(
                "--plan-issue",
                "<number>",
                "The issue or pull request that holds the plan: its number, owner/name#number or its"
                        + " address. It is the {plan} in templates, the key is plan-<number>, and a save notes"
                        + " there where the session is.");
        user = verb.text("--user", "<name>", "The {user} in templates.");
        history = verb.text(
                "--history",
                "<keep|squash>",
                "Whether a branch keeps each save as a commit, or the latest only (default: keep).");
        base = verb.text(
                "--base",
                "<none|default>",
                "Whether a new branch stands alone or on the default branch (default: none).");
        pullRequest = verb.flag(
                "--pull-request",
                "Open a pull request from the branch that was saved to, or leave it to the one that is"
                        + " open; the branch begins on the default one.");
        allowPublic = verb.flag("--allow-public", "Save even where everybody can read it.");
    }

    Optional<PlanIssue> plan() {
        return plan.value().map(PlanIssue::parse);
    }

    /** By their names in {@link dev.sessionrelay.store.StoreContext}. */
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
        options.put("pull-request", String.valueOf(pullRequest.isGiven()));
        options.put("allow-public", String.valueOf(allowPublic.isGiven()));
        return options;
    }

    private static void put(Map<String, String> options, String name, Command.Given<String> option) {
        option.value().ifPresent(value -> options.put(name, value));
    }
}
