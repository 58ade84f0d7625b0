package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.SessionId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * On which branch and in which folder sessions are kept.
 *
 * @param readAlso branches that an earlier version of the same tools wrote
 * @param whole whether the transcript is one file beside the session's folder, for tools that read it there
 * @param squash whether a branch keeps its latest commit only
 * @param onDefault whether a new branch begins on the default branch's tip
 * @param values what the templates are filled with, besides key and session
 */
record BranchLayout(
        LayoutKind kind,
        Template branch,
        List<Template> readAlso,
        Template folder,
        boolean whole,
        boolean squash,
        boolean onDefault,
        Map<String, String> values) {

    enum LayoutKind {
        RELAY,
        ERK,
        SESSION_BRANCH,
        SHARED;

        /** As the option layout names it. */
        String describe() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final Pattern PLAN_KEY = Pattern.compile("plan-([0-9]+)");
    private static final String NO_KEY = "no-key";

    static BranchLayout of(StoreContext surroundings, Map<String, String> values) {
        String name = surroundings.option("layout").orElse("relay");
        boolean squash = choice(surroundings, "history", "keep", "squash");
        boolean onDefault = onDefault(surroundings);
        boolean named = surroundings.option("user").isPresent();
        Optional<Template> ownBranch = surroundings.option("branch").map(Template::branch);
        Optional<Template> ownFolder = surroundings.option("path").map(BranchLayout::folder);
        return switch (name) {
            case "relay" ->
                new BranchLayout(
                        LayoutKind.RELAY,
                        ownBranch.orElse(Template.branch("session-relay/{key}")),
                        List.of(),
                        ownFolder.orElse(Template.path("sessions/{session-id}")),
                        false,
                        squash,
                        onDefault,
                        values);
            case "erk" ->
                new BranchLayout(
                        LayoutKind.ERK,
                        ownBranch.orElse(Template.branch("async-learn/{plan}")),
                        List.of(Template.branch("session/{plan}")),
                        ownFolder.orElse(Template.path(".erk/session/{session-id}")),
                        true,
                        true,
                        onDefault,
                        values);
            case "session-branch" ->
                new BranchLayout(
                        LayoutKind.SESSION_BRANCH,
                        ownBranch.orElse(
                                Template.branch(named ? "user-{user}-session-{session-id}" : "session-{session-id}")),
                        List.of(),
                        ownFolder.orElse(Template.path("sessions/{session-id}")),
                        false,
                        squash,
                        onDefault,
                        values);
            case "shared" ->
                new BranchLayout(
                        LayoutKind.SHARED,
                        ownBranch.orElse(Template.branch("sessions")),
                        List.of(),
                        ownFolder.orElse(Template.path("users/{user}/sessions/{session-id}")),
                        false,
                        squash,
                        onDefault,
                        values);
            default ->
                throw Failure.badInput(
                        "layout \"" + SafeText.of(name, 80) + "\" is not known",
                        "give relay, erk, session-branch or shared");
        };
    }

    /** A branch that has no commit in common with the default one cannot be proposed for it. */
    private static boolean onDefault(StoreContext surroundings) {
        boolean onDefault = choice(surroundings, "base", "none", "default");
        boolean isProposed = surroundings.isOn("pull-request");
        if (isProposed && !onDefault && surroundings.option("base").isPresent()) {
            throw Failure.badInput(
                    "pull-request and base none contradict each other: a pull request needs a commit in common with the"
                            + " default branch",
                    "leave out base, or give base: default");
        }
        return onDefault || isProposed;
    }

    private static boolean choice(StoreContext surroundings, String option, String usual, String other) {
        String given = surroundings.option(option).orElse(usual);
        if (!given.equals(usual) && !given.equals(other)) {
            throw Failure.badInput(
                    option + " \"" + SafeText.of(given, 80) + "\" is not known", "give " + usual + " or " + other);
        }
        return given.equals(other);
    }

    private static Template folder(String text) {
        Template folder = Template.path(text);
        if (!folder.has("session-id")) {
            throw Failure.badInput(
                    "the path \"" + SafeText.of(text, 120) + "\" is the same for all sessions",
                    "let it hold {session-id}, as in sessions/{session-id}");
        }
        return folder;
    }

    private Map<String, String> valuesFor(Optional<Key> key, Optional<SessionId> id) {
        Map<String, String> all = new HashMap<>(values);
        all.put("key", key.map(Key::text).orElse(NO_KEY));
        id.ifPresent(one -> all.put("session-id", one.text()));
        key.map(Key::text)
                .map(PLAN_KEY::matcher)
                .filter(Matcher::matches)
                .ifPresent(plan -> all.putIfAbsent("plan", plan.group(1)));
        return all;
    }

    String branchFor(Optional<Key> key, SessionId id) {
        return fill(branch, valuesFor(key, Optional.of(id)));
    }

    String folderFor(Optional<Key> key, SessionId id) {
        return fill(folder, valuesFor(key, Optional.of(id)));
    }

    private static String fill(Template template, Map<String, String> all) {
        return template.fill(all).orElseThrow(() -> {
            String place = template.missing(all);
            return Failure.badInput(
                    "the name " + template.text() + " needs a {" + place + "}, and there is none",
                    switch (place) {
                        case "plan" -> "give --plan-issue <number>, or a key such as plan-4991";
                        case "user" -> "give --user <name>";
                        default -> "run this in a git checkout, or name another branch with --store-branch";
                    });
        });
    }

    /** The branches where a session of this key may be; empty when the key does not tell. */
    Set<String> branchesOf(Optional<Key> key, Optional<SessionId> id) {
        Set<String> names = new LinkedHashSet<>();
        if (key.isPresent() || !branch.has("key")) {
            Map<String, String> all = valuesFor(key, id);
            branch.fill(all).ifPresent(names::add);
            readAlso.forEach(template -> template.fill(all).ifPresent(names::add));
        }
        return names;
    }

    /** What the names of all branches with sessions begin with. */
    Set<String> beginnings() {
        Set<String> all = new LinkedHashSet<>();
        all.add(branch.beginning());
        readAlso.forEach(template -> all.add(template.beginning()));
        return all;
    }

    boolean mayHold(String branchName) {
        return branch.read(branchName).isPresent()
                || readAlso.stream()
                        .anyMatch(template -> template.read(branchName).isPresent());
    }

    /** Whether a layout, as it is without options, keeps sessions on a branch of this name. */
    static boolean isUsual(String branchName) {
        return Stream.of("relay", "erk", "session-branch", "shared")
                .flatMap(name -> Stream.of(Map.<String, String>of(), Map.of("user", "x"))
                        .map(options -> of(new StoreContext(Map.of(), Path.of(""), with(options, name)), Map.of())))
                .anyMatch(layout -> layout.mayHold(branchName));
    }

    private static Map<String, String> with(Map<String, String> options, String layout) {
        Map<String, String> more = new HashMap<>(options);
        more.put("layout", layout);
        return more;
    }

    /** The key that a branch is named after, where nothing else tells it. */
    Optional<String> keyOf(String branchName) {
        Map<String, String> read = branch.read(branchName)
                .or(() -> readAlso.stream()
                        .flatMap(template -> template.read(branchName).stream())
                        .findFirst())
                .orElse(Map.of());
        return Optional.ofNullable(read.get("key"))
                .or(() -> Optional.ofNullable(read.get("plan")).map(plan -> "plan-" + plan));
    }

    Optional<String> plan(Optional<Key> key) {
        return Optional.ofNullable(valuesFor(key, Optional.empty()).get("plan"));
    }

    /** Whether it is there for other tools' sake, which know nothing of manifests. */
    boolean isReadByOthers() {
        return kind == LayoutKind.ERK || kind == LayoutKind.SESSION_BRANCH;
    }

    /** Whether the branch has a page and pointers of ours at its root. */
    boolean ownsRoot() {
        return kind == LayoutKind.RELAY && !onDefault;
    }
}
