package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.plan.PlanIssue;
import dev.sessionrelay.relay.DefaultKey;
import dev.sessionrelay.relay.OnConflict;
import dev.sessionrelay.relay.PlanHeader;
import dev.sessionrelay.relay.ProgramVersion;
import dev.sessionrelay.relay.RunOrigin;
import dev.sessionrelay.relay.Save;
import dev.sessionrelay.session.Origin;
import dev.sessionrelay.store.BrowserLinks;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.SessionId;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

final class PlanUploadCommand {
    private final Command verb = new Command(
            "Saves a session in a secret gist (or on the plan's branch: --store git --layout erk),"
                    + " and notes it in the plan's header.",
            this::call);

    private final CliContext world;

    private final Command.Needed<String> sessionId = verb.neededText("--session-id", "<uuid>", "The session.");

    private final Command.Given<Path> sessionFile =
            verb.path("--session-file", "<file>", "Its transcript (default: where Claude Code keeps it).");

    private final Command.Given<String> source =
            verb.text("--source", "<local|remote>", "Where it was recorded (default: remote on a runner, else local).");

    private final Command.Given<String> issueNumber = verb.text(
            List.of("--issue-number", "--plan-id"), "<number>", "The plan's issue; the same as --plan-issue.");

    private final Command.Given<String> store = verb.text("--store", "<store>", "gist (default) or git.");

    private final LocalOptions.Here here = new LocalOptions.Here(verb);

    private final StoreOptions options = new StoreOptions(verb);

    private final RedactOptions redact = new RedactOptions(verb);

    PlanUploadCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() throws Exception {
        if (source.value()
                .filter(where -> !where.equals("local") && !where.equals("remote"))
                .isPresent()) {
            throw Failure.badInput("--source is local or remote", "give one of them, or neither");
        }
        boolean inGist = place().equals("gist");
        return new ErkAnswer(world.out()).give(inGist ? "Failed to create gist: " : "", () -> upload(inGist));
    }

    private String place() {
        return store.value().orElse("gist");
    }

    private String upload(boolean inGist) {
        Optional<PlanIssue> plan = issueNumber.value().map(PlanIssue::parse).or(options::plan);
        if (!inGist && plan.isEmpty()) {
            throw Failure.badInput(
                    "--plan-id is required for branch-based session upload", "the branch is named after the plan");
        }
        Path folder = here.workingFolder(world);
        SessionStore opened = LocalOptions.There.open(place(), world, folder, options);
        Key key = plan.map(issue -> new Key("plan-" + issue.number())).orElseGet(() -> DefaultKey.of(folder, true));
        Save.SaveReceipt receipt = save(folder, key, opened);
        Optional<PlanHeader.Update> header = plan.map(issue ->
                PlanHeader.tell(issue, LocalOptions.There.plans(world, folder, options), receipt.stored(), opened));
        ObjectNode answer = JsonOutput.success();
        describe(receipt.stored(), opened, answer);
        header.ifPresent(update -> {
            JsonOutput.describe(update, answer);
            answer.put("plan_id", update.plan().number());
            update.warning()
                    .ifPresent(warning -> world.err().println("warning: plan " + update.plan() + ": " + warning));
        });
        return JsonTree.printableText(answer);
    }

    private Save.SaveReceipt save(Path folder, Key key, SessionStore opened) {
        SessionId id = new SessionId(sessionId.value());
        if (!sessionFile.isGiven()) {
            return Save.run(request(here.claudeHome(world), folder, id, key), opened);
        }
        try (TemporarySession laidOut = TemporarySession.layOut(
                id, world.workingFolder().resolve(sessionFile.value().get()))) {
            return Save.run(request(laidOut.home(), laidOut.folder(), id, key), opened);
        }
    }

    private Save.SaveRequest request(ClaudeHome home, Path folder, SessionId id, Key key) {
        Origin origin = RunOrigin.of(
                world.environment(), world.clock().instant().truncatedTo(ChronoUnit.MILLIS), ProgramVersion.number());
        Origin named = new Origin(
                origin.savedAt(), source.value().orElse(origin.source()), origin.relayVersion(), origin.details());
        return new Save.SaveRequest(
                home,
                folder,
                Optional.of(id),
                Optional.empty(),
                key,
                OnConflict.MERGE,
                named,
                redact.redaction(world, folder),
                redact.fails());
    }

    private static void describe(StoredSession stored, SessionStore opened, ObjectNode answer) {
        String id = stored.manifest().sessionId().text();
        BrowserLinks links = BrowserLinks.of(stored.ref(), "https://github.com");
        if (!links.gistId().isEmpty()) {
            String page = opened.pageOf(stored).orElse(links.url());
            answer.put("gist_id", links.gistId());
            answer.put("gist_url", page);
            answer.put(
                    "raw_url",
                    page.replaceFirst("//gist\\.github\\.com/", "//gist.githubusercontent.com/") + "/raw/session-" + id
                            + ".jsonl");
        } else if (!links.branch().isEmpty()) {
            answer.put("session_branch", links.branch());
        }
        answer.put("session_id", id);
    }
}
