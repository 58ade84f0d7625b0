package dev.sessionrelay.relay;

import dev.sessionrelay.agent.claude.Candidate;
import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.Discovery;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.plan.Comments;
import dev.sessionrelay.plan.Fields;
import dev.sessionrelay.plan.LastSession;
import dev.sessionrelay.plan.PlanConnection;
import dev.sessionrelay.plan.PlanIssue;
import dev.sessionrelay.plan.Plans;
import dev.sessionrelay.transcript.SessionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The sessions of a plan, and where each can be read: on this machine, in a gist, on a branch, or as a workflow run's
 * artifact. What is elsewhere comes last, and is named by its gist or branch where it has one, for runs forget.
 */
public final class PlanSources {
    private static final int MOST_GUESSED = 10;
    private static final long SMALLEST_GUESSED = 1024;

    private PlanSources() {}

    /** One session and the one place where it can be read. */
    public record PlanSource(
            SessionId id,
            Optional<Path> file,
            Optional<String> gistUrl,
            Optional<String> branch,
            Optional<String> runId) {
        public boolean isLocal() {
            return file.isPresent();
        }
    }

    /**
     * @param local those of the plan's sessions that are on this machine
     * @param guessed sessions of the plan's branch, where nothing that the plan names is on this machine
     */
    public record FoundPlanSession(
            PlanIssue plan,
            Optional<String> planning,
            List<String> implementations,
            List<String> learning,
            List<PlanSource> local,
            List<SessionId> guessed,
            Optional<PlanSource> remote,
            Fields header) {
        public List<PlanSource> sources() {
            return Stream.concat(local.stream(), remote.stream()).toList();
        }
    }

    /** @param branch the plan's own branch, by which sessions are known to be of it */
    public static FoundPlanSession of(
            PlanIssue plan, PlanConnection connection, ClaudeHome home, Path workingFolder, Optional<String> branch) {
        record PlanText(Fields header, Comments comments) {}
        PlanText read = connection.with(
                plan,
                (Plans plans) ->
                        new PlanText(plans.header(plan.number()), new Comments(plans.comments(plan.number()))));
        Fields header = read.header();
        Optional<String> planning = header.text("created_from_session");
        List<String> implementations =
                join(read.comments().sessionsIn("impl-started", "impl-ended"), header.text("last_local_impl_session"));
        List<String> learning = join(read.comments().sessionsIn("learn-invoked"), header.text("last_learn_session"));

        Map<String, PlanSource> local = new LinkedHashMap<>();
        Discovery discovery = new Discovery(home);
        Stream.of(planning.stream(), implementations.stream(), learning.stream())
                .flatMap(ids -> ids)
                .forEach(id ->
                        onThisMachine(id, discovery, workingFolder).ifPresent(source -> local.putIfAbsent(id, source)));
        List<PlanSource> guessed = local.isEmpty() ? guess(discovery, workingFolder, branch) : List.of();
        guessed.forEach(source -> local.put(source.id().text(), source));
        return new FoundPlanSession(
                plan,
                planning,
                implementations,
                learning,
                List.copyOf(local.values()),
                guessed.stream().map(PlanSource::id).toList(),
                elsewhere(header),
                header);
    }

    private static List<String> join(List<String> ids, Optional<String> another) {
        Set<String> all = new LinkedHashSet<>(ids);
        another.ifPresent(all::add);
        return List.copyOf(all);
    }

    private static Optional<PlanSource> onThisMachine(String id, Discovery discovery, Path workingFolder) {
        try {
            return SessionId.in(id)
                    .map(known -> discovery.byId(known, workingFolder))
                    .map(places -> local(places.id(), places.transcript()));
        } catch (Failure notHere) {
            return Optional.empty();
        }
    }

    private static PlanSource local(SessionId id, Path transcript) {
        return new PlanSource(id, Optional.of(transcript), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static List<PlanSource> guess(Discovery discovery, Path workingFolder, Optional<String> branch) {
        List<PlanSource> guessed = new ArrayList<>();
        for (Candidate candidate : discovery.candidates(workingFolder, branch)) {
            if (candidate.fits() && candidate.size() >= SMALLEST_GUESSED && guessed.size() < MOST_GUESSED) {
                guessed.add(local(candidate.id(), candidate.transcript()));
            }
        }
        return guessed;
    }

    private static Optional<PlanSource> elsewhere(Fields header) {
        Optional<LastSession> last = LastSession.in(header);
        if (last.isPresent()) {
            return SessionId.in(last.get().sessionId()).map(id -> switch (last.get()) {
                case LastSession.InGist gist ->
                    new PlanSource(id, Optional.empty(), Optional.of(gist.url()), Optional.empty(), Optional.empty());
                case LastSession.OnBranch on ->
                    new PlanSource(id, Optional.empty(), Optional.empty(), Optional.of(on.branch()), Optional.empty());
            });
        }
        Optional<String> run = header.text("last_remote_impl_run_id");
        return run.isEmpty()
                ? Optional.empty()
                : header.text("last_remote_impl_session_id")
                        .flatMap(SessionId::in)
                        .map(id -> new PlanSource(id, Optional.empty(), Optional.empty(), Optional.empty(), run));
    }
}
