package dev.sessionrelay.action;

import dev.sessionrelay.action.home.HomeResolver;
import dev.sessionrelay.action.home.PathMapping;
import dev.sessionrelay.action.runner.ActionContext;
import dev.sessionrelay.action.runner.Event;
import dev.sessionrelay.action.runner.FileCommands;
import dev.sessionrelay.action.runner.Inputs;
import dev.sessionrelay.action.runner.Secret;
import dev.sessionrelay.action.runner.WorkflowCommands;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.http.Credentials;
import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.plan.PlanConnection;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.store.BrowserLinks;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.text.HumanSize;
import dev.sessionrelay.transcript.TranscriptSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** The job that this step belongs to, and the ways to speak to it. */
record Job(
        ActionContext runner,
        Inputs inputs,
        Event event,
        PathMapping places,
        WorkflowCommands log,
        FileCommands files,
        Outputs outputs) {
    /** Beyond this, counting tokens would keep the job waiting. */
    private static final long QUICKLY_READ = 32 << 20;

    static Job of(ActionContext runner, Inputs inputs, WorkflowCommands log, FileCommands files, Outputs outputs) {
        return new Job(runner, inputs, Event.of(runner), PathMapping.of(runner, inputs), log, files, outputs);
    }

    Key key() {
        return inputs.key()
                .or(() -> inputs.planIssue().map(number -> new Key("plan-" + number)))
                .orElseGet(() -> EventKey.of(event));
    }

    StoreResolver stores() {
        return new StoreResolver(runner, inputs, event, places, log);
    }

    /** The plans of the repository that the workflow runs in, wherever its sessions are kept. */
    PlanConnection plans() {
        return new PlanConnection(
                runner.environment(),
                Credentials.of(runner.environment(), inputs.token().map(Secret::value), Optional.empty()),
                Optional.of(event.repository()).filter(name -> !name.isBlank()),
                log::log);
    }

    HomeResolver homes() {
        return new HomeResolver(runner, inputs, places, log, files);
    }

    Path workingFolder() {
        return Path.of(places.workingFolder(inputs.workingDirectory()));
    }

    BrowserLinks links(StoredSession stored) {
        return BrowserLinks.of(
                stored.ref(), runner.variable("GITHUB_SERVER_URL").orElse("https://github.com"));
    }

    /** Says that there was nothing to do, as loudly as was asked for. */
    void reportMissing(String title, String message, boolean expected) {
        switch (inputs.onMissing()) {
            case ERROR -> throw Failure.nothingFound(message, "on-missing: ignore would go on without");
            case IGNORE -> log.log(message);
            case WARN -> {
                if (expected) {
                    log.notice(title, message);
                } else {
                    log.warning(title, message);
                }
            }
        }
    }

    /** Rows that say what a session is. What it is called is said only where the public does not read along. */
    void describe(StoredSession stored, Path transcript, JobSummary summary) throws IOException {
        Manifest manifest = stored.manifest();
        if (event.visibility() == Event.Visibility.PRIVATE) {
            Redaction shown = Redaction.forShowing(
                    runner.environment(),
                    inputs.secrets().stream().map(Secret::value).toList());
            summary.row("Title", manifest.facts().title().map(shown::text).orElse(""));
        }
        summary.row("Session", manifest.sessionId().text());
        summary.row(
                "Length",
                JobSummary.count(manifest.facts().turns(), "turn") + ", " + HumanSize.ofBytes(manifest.size()));
        if (Files.isRegularFile(transcript, LinkOption.NOFOLLOW_LINKS) && Files.size(transcript) <= QUICKLY_READ) {
            TranscriptSummary tokens = TranscriptSummary.of(FilePayload.of(transcript));
            summary.row(
                    "Tokens",
                    tokens.contextTokens() == 0
                            ? ""
                            : JobSummary.count(tokens.contextTokens(), "token") + " of context, "
                                    + JobSummary.count(tokens.writtenTokens(), "token") + " written");
        }
        if (stores().advisesSealing(stored)) {
            summary.row(
                    "Not sealed",
                    "Whoever may push can read it, and everybody could if the draft were published. The input encrypt-to"
                            + " seals it, so that only those whom it names can");
        }
        summary.row(
                "Kept in", stores().asTheyWriteIt(stored.ref()), links(stored).url());
    }

    void show(JobSummary summary) {
        if (inputs.summary()) {
            files.summary(summary.markdown());
        }
    }
}
