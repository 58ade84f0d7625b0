package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.JsonTree;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.flow.Checkout;
import dev.sessionrelay.flow.Fetch;
import dev.sessionrelay.store.Ref;
import java.nio.file.Path;
import java.util.stream.Stream;

final class PlanDownloadCommand {
    private final Verb verb =
            new Verb("Brings a plan's session to .erk/scratch/remote-sessions/<session id>/session.jsonl.", this::call);

    private final World world;

    private final Verb.Needed<String> sessionId = verb.neededText("--session-id", "<uuid>", "The session.");

    private final Verb.Given<String> gistUrl = verb.text("--gist-url", "<url>", "The gist that it is in.");

    private final Verb.Given<String> sessionBranch =
            verb.text("--session-branch", "<branch>", "The branch that it is on.");

    private final Verb.Given<String> runId =
            verb.text("--run-id", "<run>", "The workflow run that has it as an artifact.");

    private final Where.Here here = new Where.Here(verb);

    private final StoreOptions options = new StoreOptions(verb);

    PlanDownloadCommand(World world) {
        this.world = world;
    }

    Verb verb() {
        return verb;
    }

    /** Where it is, and how erk speaks of it. */
    private record Place(Ref ref, String failed, ObjectNode answer) {}

    private int call() throws Exception {
        ErkAnswer answer = new ErkAnswer(world.out());
        long given = Stream.of(gistUrl, sessionBranch, runId)
                .filter(Verb.Given::isGiven)
                .count();
        if (given != 1) {
            throw Failure.badInput(
                    "where is the session?",
                    "give one of --gist-url, --session-branch and --run-id; `session-relay plan sources` shows them");
        }
        SessionId id = new SessionId(sessionId.value());
        Path folder = here.workingFolder(world);
        Place place = place(id, folder);
        return answer.give(place.failed(), () -> {
            Path root = Checkout.around(folder).map(Checkout::root).orElse(folder);
            Path target = root.resolve(".erk/scratch/remote-sessions/" + id + "/session.jsonl");
            Fetch.transcript(Where.There.openFor(place.ref(), world, folder, options), place.ref(), id, target);
            place.answer().put("path", target.toString());
            return JsonTree.printableText(place.answer());
        });
    }

    private Place place(SessionId id, Path folder) {
        ObjectNode answer = Json.success().put("session_id", id.text());
        if (gistUrl.isGiven()) {
            return new Place(
                    new Ref("gist", gistUrl.value().get()),
                    "Failed to download from gist URL: ",
                    answer.put("source", "gist"));
        }
        String repository = Where.There.surroundings(world, folder, options)
                .repository()
                .orElseThrow(() -> Failure.badInput(
                        "cannot tell which repository is meant: this folder was not cloned from any",
                        "name it with --repository"));
        if (sessionBranch.isGiven()) {
            return new Place(
                    new Ref("git", repository + "#" + sessionBranch.value().get() + "/" + id),
                    "Failed to extract session from branch: ",
                    answer.put("source", "branch"));
        }
        String run = runId.value().orElseThrow();
        return new Place(
                new Ref("artifact", repository + "#" + run + "/" + id),
                "Failed to download artifact 'session-" + id + "' from run " + run + ": ",
                answer.put("run_id", run).put("artifact_name", "session-" + id));
    }
}
