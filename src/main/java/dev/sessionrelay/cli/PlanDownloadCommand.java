package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.flow.Checkout;
import dev.sessionrelay.flow.Fetch;
import dev.sessionrelay.store.Ref;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "download",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Brings a plan's session to .erk/scratch/remote-sessions/<session id>/session.jsonl.")
final class PlanDownloadCommand implements Callable<Integer> {
    private final World world;

    @Option(names = "--session-id", paramLabel = "<uuid>", required = true, description = "The session.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String sessionId;

    @Option(names = "--gist-url", paramLabel = "<url>", description = "The gist that it is in.")
    private @Nullable String gistUrl;

    @Option(names = "--session-branch", paramLabel = "<branch>", description = "The branch that it is on.")
    private @Nullable String sessionBranch;

    @Option(names = "--run-id", paramLabel = "<run>", description = "The workflow run that has it as an artifact.")
    private @Nullable String runId;

    @Mixin
    private final Where.Here here = new Where.Here();

    @Mixin
    private final StoreOptions options = new StoreOptions();

    PlanDownloadCommand(World world) {
        this.world = world;
    }

    /** Where it is, and how erk speaks of it. */
    private record Place(Ref ref, String failed, ObjectNode answer) {}

    @Override
    public Integer call() throws Exception {
        ErkAnswer answer = new ErkAnswer(world.out());
        long given = Stream.of(gistUrl, sessionBranch, runId)
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            throw Failure.badInput(
                    "where is the session?",
                    "give one of --gist-url, --session-branch and --run-id; `session-relay plan sources` shows them");
        }
        SessionId id = new SessionId(sessionId);
        Path folder = here.workingFolder(world);
        Place place = place(id, folder);
        return answer.give(place.failed(), () -> {
            Path root = Checkout.around(folder).map(Checkout::root).orElse(folder);
            Path target = root.resolve(".erk/scratch/remote-sessions/" + id + "/session.jsonl");
            Fetch.transcript(Where.There.openFor(place.ref(), world, folder, options), place.ref(), id, target);
            place.answer().put("path", target.toString());
            return place.answer().toString();
        });
    }

    private Place place(SessionId id, Path folder) {
        ObjectNode answer = Json.success().put("session_id", id.text());
        if (gistUrl != null) {
            return new Place(
                    new Ref("gist", gistUrl), "Failed to download from gist URL: ", answer.put("source", "gist"));
        }
        String repository = Where.There.surroundings(world, folder, options)
                .repository()
                .orElseThrow(() -> Failure.badInput(
                        "cannot tell which repository is meant: this folder was not cloned from any",
                        "name it with --repository"));
        return sessionBranch != null
                ? new Place(
                        new Ref("git", repository + "#" + sessionBranch + "/" + id),
                        "Failed to extract session from branch: ",
                        answer.put("source", "branch"))
                : new Place(
                        new Ref("artifact", repository + "#" + runId + "/" + id),
                        "Failed to download artifact 'session-" + id + "' from run " + runId + ": ",
                        answer.put("run_id", runId).put("artifact_name", "session-" + id));
    }
}
