package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.checkout.Checkout;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.relay.ExportTranscript;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.transcript.SessionId;
import java.nio.file.Path;
import java.util.stream.Stream;

final class PlanDownloadCommand {
    private final Command verb = new Command(
            "Brings a plan's session to .erk/scratch/remote-sessions/<session id>/session.jsonl.", this::call);

    private final CliContext world;

    private final Command.Needed<String> sessionId = verb.neededText("--session-id", "<uuid>", "The session.");

    private final Command.Given<String> gistUrl = verb.text("--gist-url", "<url>", "The gist that it is in.");

    private final Command.Given<String> sessionBranch =
            verb.text("--session-branch", "<branch>", "The branch that it is on.");

    private final Command.Given<String> runId =
            verb.text("--run-id", "<run>", "The workflow run that has it as an artifact.");

    private final LocalOptions.Here here = new LocalOptions.Here(verb);

    private final StoreOptions options = new StoreOptions(verb);

    PlanDownloadCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    /** Where it is, and how erk speaks of it. */
    private record DownloadPlace(Ref ref, String failed, ObjectNode answer) {}

    private int call() throws Exception {
        ErkAnswer answer = new ErkAnswer(world.out());
        long given = Stream.of(gistUrl, sessionBranch, runId)
                .filter(Command.Given::isGiven)
                .count();
        if (given != 1) {
            throw Failure.badInput(
                    "where is the session?",
                    "give one of --gist-url, --session-branch and --run-id; `session-relay plan sources` shows them");
        }
        SessionId id = new SessionId(sessionId.value());
        Path folder = here.workingFolder(world);
        DownloadPlace place = place(id, folder);
        return answer.give(place.failed(), () -> {
            Path root = Checkout.around(folder).map(Checkout::root).orElse(folder);
            Path target = root.resolve(".erk/scratch/remote-sessions/" + id + "/session.jsonl");
            ExportTranscript.transcript(
                    LocalOptions.There.openFor(place.ref(), world, folder, options), place.ref(), id, target);
            place.answer().put("path", target.toString());
            return JsonTree.printableText(place.answer());
        });
    }

    private DownloadPlace place(SessionId id, Path folder) {
        ObjectNode answer = JsonOutput.success().put("session_id", id.text());
        if (gistUrl.isGiven()) {
            return new DownloadPlace(
                    new Ref("gist", gistUrl.value().get()),
                    "Failed to download from gist URL: ",
                    answer.put("source", "gist"));
        }
        String repository = LocalOptions.There.surroundings(world, folder, options)
                .repository()
                .orElseThrow(() -> Failure.badInput(
                        "cannot tell which repository is meant: this folder was not cloned from any",
                        "name it with --repository"));
        if (sessionBranch.isGiven()) {
            return new DownloadPlace(
                    new Ref("git", repository + "#" + sessionBranch.value().get() + "/" + id),
                    "Failed to extract session from branch: ",
                    answer.put("source", "branch"));
        }
        String run = runId.value().orElseThrow();
        return new DownloadPlace(
                new Ref("artifact", repository + "#" + run + "/" + id),
                "Failed to download artifact 'session-" + id + "' from run " + run + ": ",
                answer.put("run_id", run).put("artifact_name", "session-" + id));
    }
}
