package dev.sessionrelay.action;

import dev.sessionrelay.action.home.RunnerHome;
import dev.sessionrelay.action.runner.Secret;
import dev.sessionrelay.agent.claude.Candidate;
import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.Discovery;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.text.HumanSize;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the session that this job's Claude Code has made or continued. */
final class SessionSearch {
    private final Job job;
    private final RunnerHome home;
    private final Instant since;

    /** @param home that holds the session, ready to be taken from */
    record SearchResult(SessionId id, ClaudeHome home, String why) {}

    SessionSearch(Job job, RunnerHome home, Instant since) {
        this.job = job;
        this.home = home;
        this.since = since;
    }

    /** The session that the workflow names, else the one that claude-code-action names, else the newest. */
    Optional<SearchResult> find() throws IOException {
        if (job.inputs().sessionId().isPresent()) {
            SessionId id = job.inputs().sessionId().get();
            ClaudeHome holding = home.toSave(id);
            return isThere(id, holding)
                    ? Optional.of(new SearchResult(id, holding, "the input session-id names it"))
                    : Optional.empty();
        }
        Optional<SessionId> told = job.runner()
                .variable("RUNNER_TEMP")
                .flatMap(job.places()::here)
                .flatMap(temp -> ExecutionFile.sessionIn(temp, since));
        if (told.isPresent()) {
            ClaudeHome holding = home.toSave(told.get());
            if (isThere(told.get(), holding)) {
                return Optional.of(
                        new SearchResult(told.get(), holding, "claude-code-action's execution file names it"));
            }
            job.log().log("claude-code-action names session " + told.get() + ", but there is no such transcript");
        }
        return newest();
    }

    private boolean isThere(SessionId id, ClaudeHome holding) {
        try {
            new Discovery(holding).byId(id, job.workingFolder());
            return true;
        } catch (Failure e) {
            if (e.exitCode() == ExitCode.NOTHING_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private Optional<SearchResult> newest() throws IOException {
        List<Candidate> candidates =
                new Discovery(home.toSearch(since)).candidates(job.workingFolder(), Optional.empty());
        Optional<Candidate> newest = candidates.stream()
                .filter(candidate -> candidate.fits() && !candidate.newest().isBefore(since))
                .findFirst();
        explain(candidates, newest);
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        String why = since.equals(Instant.EPOCH)
                ? "the newest session of " + job.workingFolder()
                : "the newest session of " + job.workingFolder() + " since the step that restored";
        SessionId id = newest.get().id();
        return Optional.of(new SearchResult(id, home.toSave(id), why));
    }

    private void explain(List<Candidate> candidates, Optional<Candidate> chosen) {
        job.log().log(JobSummary.count(candidates.size(), "session") + " of " + job.workingFolder()
                + (since.equals(Instant.EPOCH) ? "" : " written since " + since));
        if (!job.inputs().explain()) {
            return;
        }
        // What stands in a session is not for everybody who may read the log.
        Redaction shown = Redaction.forShowing(
                job.runner().environment(),
                job.inputs().secrets().stream().map(Secret::value).toList());
        List<String> lines = new ArrayList<>();
        for (Candidate candidate : candidates) {
            boolean isOlder = candidate.fits() && candidate.newest().isBefore(since);
            lines.add((chosen.filter(candidate::equals).isPresent() ? "-> " : "   ") + candidate.id() + "  "
                    + candidate.newest() + "  " + HumanSize.ofBytes(candidate.size()) + "  "
                    + (isOlder ? "has nothing new since the step that restored" : shown.text(candidate.verdict())));
        }
        job.log().quote(lines);
    }
}
