package dev.sessionrelay.action.runner;

import dev.sessionrelay.agent.claude.OptIn;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.relay.OnConflict;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the workflow's author asks for, checked. Inputs that are not known here are passed over: the runner has already
 * said so in the log.
 *
 * @param jobContainer the container that the job's own steps run in; action.yml fills it in
 */
public record Inputs(
        StepMode mode,
        String store,
        Optional<Key> key,
        List<String> restoreKeys,
        Optional<SessionId> sessionId,
        Optional<Ref> ref,
        Optional<Integer> planIssue,
        Optional<String> source,
        Optional<String> repository,
        Optional<String> layout,
        Optional<String> branch,
        Optional<String> path,
        Optional<String> user,
        Optional<String> history,
        Optional<String> base,
        boolean pullRequest,
        Optional<Secret> token,
        List<String> encryptTo,
        Optional<Secret> decryptKey,
        Optional<Secret> signKey,
        String trust,
        List<String> allowedSigners,
        boolean acceptRollback,
        OptIn with,
        Optional<String> claudeHome,
        Optional<String> workingDirectory,
        OnMissing onMissing,
        OnConflict onConflict,
        Redaction.Mode redact,
        List<Secret> secrets,
        boolean failOnSecrets,
        boolean allowPublic,
        boolean summary,
        boolean explain,
        Optional<String> jobContainer) {

    private enum SessionSource {
        LOCAL,
        REMOTE
    }

    /** @param fixedMode what the halves {@code save/} and {@code restore/} do, whatever the inputs say */
    public static Inputs read(Map<String, String> environment, Optional<StepMode> fixedMode) {
        GivenInputs given = new GivenInputs(environment);
        Inputs inputs = new Inputs(
                fixedMode.orElseGet(() -> given.choice("mode", StepMode.RELAY)),
                store(given),
                given.parsed("key", Key::new),
                given.lines("restore-keys"),
                given.parsed("session-id", SessionId::new),
                given.parsed("ref", Ref::parse),
                given.text("plan-issue").map(number -> issueNumber("plan-issue", number)),
                given.text("source")
                        .map(source -> given.choice("source", SessionSource.REMOTE) == SessionSource.LOCAL
                                ? "local"
                                : "remote"),
                given.line("repository"),
                given.line("layout"),
                given.line("branch"),
                given.line("path"),
                given.line("user"),
                given.line("history"),
                given.line("base"),
                given.flag("pull-request", false),
                given.line("token").map(Secret::new),
                given.lines("encrypt-to"),
                given.text("decrypt-key").map(Secret::new),
                given.text("sign-key").map(Secret::new),
                given.line("trust").orElse("same-repository"),
                given.lines("allowed-signers"),
                given.flag("accept-rollback", false),
                given.parsed("with", OptIn::of).orElse(OptIn.NOTHING),
                given.line("claude-home"),
                given.line("working-directory"),
                given.choice("on-missing", OnMissing.WARN),
                given.choice("on-conflict", OnConflict.MERGE),
                given.choice("redact", Redaction.Mode.ON),
                secrets(given),
                given.flag("fail-on-secrets", false),
                given.flag("allow-public", false),
                given.flag("summary", true),
                given.flag("explain", false),
                given.line("job-container"));
        inputs.refuseContradictions();
        return inputs;
    }

    private static String store(GivenInputs given) {
        String store = given.line("store").orElse("auto");
        boolean known = List.of("auto", "git", "gist", "release").contains(store)
                || (store.startsWith("folder:") && store.length() > "folder:".length());
        if (!known) {
            throw GivenInputs.refusal("store", store, "auto, git, gist, release, folder:<path>");
        }
        return store;
    }

    /** Values one per line, or {@code toJSON(secrets)}, which is all that the job knows. */
    private static List<Secret> secrets(GivenInputs given) {
        String text = given.text("secrets").orElse("");
        if (!text.startsWith("{")) {
            return given.lines("secrets").stream().map(Secret::new).toList();
        }
        try {
            List<Secret> secrets = new ArrayList<>();
            JsonTree.USUAL.read(text).forEach(value -> secrets.add(new Secret(value.asText())));
            return secrets;
        } catch (IOException e) {
            // What it says could be a part of a secret.
            throw Failure.badInput(
                    "input secrets begins like JSON and is none",
                    "give ${{ toJSON(secrets) }}, or the values themselves, one per line");
        }
    }

    private static int issueNumber(String name, String number) {
        if (!number.matches("[1-9][0-9]{0,8}")) {
            throw GivenInputs.refusal(name, number, "the number of an issue, such as 4991");
        }
        return Integer.parseInt(number);
    }

    private void refuseContradictions() {
        if (mode == StepMode.SAVE && (ref.isPresent() || !restoreKeys.isEmpty())) {
            throw contradiction(
                    "mode save and " + (ref.isPresent() ? "ref" : "restore-keys"),
                    "the second says what to restore, and saving restores nothing");
        }
        if (ref.isPresent() && !restoreKeys.isEmpty()) {
            throw contradiction(
                    "ref and restore-keys", "a ref names one session exactly, and nothing is to stand in for it");
        }
        if (mode == StepMode.RESTORE && ref.isPresent() && sessionId.isPresent()) {
            throw contradiction("ref and session-id", "each names the session to restore");
        }
        if (redact == Redaction.Mode.OFF && failOnSecrets) {
            throw contradiction("redact off and fail-on-secrets", "the first says that nobody looks for secrets");
        }
        Map<String, Optional<String>> ofGit = new LinkedHashMap<>();
        ofGit.put("layout", layout);
        ofGit.put("branch", branch);
        ofGit.put("path", path);
        ofGit.put("user", user);
        ofGit.put("history", history);
        ofGit.put("base", base);
        ofGit.put("pull-request", Optional.of("true").filter(any -> pullRequest));
        ofGit.forEach((name, value) -> {
            if (value.isPresent() && !store.equals("auto") && !store.equals("git")) {
                throw contradiction(name + " and store \"" + store + "\"", "only the git store has a " + name);
            }
        });
        if (repository.isPresent() && (store.equals("gist") || store.startsWith("folder:"))) {
            throw contradiction("repository and store \"" + store + "\"", "that store is in no repository");
        }
    }

    /** Whether something was said that only a branch can have. */
    public boolean meansBranch() {
        return pullRequest || Stream.of(layout, branch, path, base).anyMatch(Optional::isPresent);
    }

    private static Failure contradiction(String both, String why) {
        return Failure.badInput("inputs " + both + " contradict each other: " + why, "give only one of them");
    }
}
