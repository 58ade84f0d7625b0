package dev.sessionrelay.action;

import dev.sessionrelay.action.home.RunnerHome;
import dev.sessionrelay.action.runner.Output;
import dev.sessionrelay.action.runner.StepState;
import dev.sessionrelay.agent.claude.StaysBehind;
import dev.sessionrelay.plan.PlanIssue;
import dev.sessionrelay.protect.redact.OwnRules;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.protect.redact.SecretReport;
import dev.sessionrelay.relay.PlanHeader;
import dev.sessionrelay.relay.ProgramVersion;
import dev.sessionrelay.relay.RunOrigin;
import dev.sessionrelay.relay.Save;
import dev.sessionrelay.session.Origin;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.text.HumanSize;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Takes the session of this job's Claude Code into the store, for the thread's next run. */
final class SaveStep {
    private static final int MOST_PLACES = 20;

    private final Job job;
    private final StepState state;
    private final Key key;

    SaveStep(Job job, StepState state) {
        this.job = job;
        this.state = state;
        this.key = state.key().orElseGet(job::key);
    }

    void run() throws IOException {
        job.outputs().set(Output.KEY, key);
        job.outputs().set(Output.SAVED, false);
        if (job.event().isPullRequestOfAFork()) {
            job.log()
                    .warning(
                            "Session not saved",
                            "This run belongs to a pull request from a fork. Such a run may not write, and what it leaves is not"
                                    + " trusted, so its session is not saved. A comment on the pull request starts a run that can.");
            return;
        }
        SessionStore store = job.stores().toWrite();
        job.outputs().set(Output.STORE, store.name());
        try (RunnerHome home = job.homes().open(false)) {
            job.log().log("claude keeps its sessions in " + home.describe());
            Optional<SessionSearch.SearchResult> found = new SessionSearch(job, home, state.begun()).find();
            if (found.isPresent()) {
                job.log().log("session " + found.get().id() + ": " + found.get().why());
                Save.SaveReceipt receipt = save(found.get(), store);
                tell(receipt, found.get(), home);
                tellPlan(receipt, store);
            } else {
                reportNothing();
            }
        }
    }

    private void reportNothing() {
        Optional<SessionId> named = job.inputs().sessionId();
        if (named.isPresent()) {
            job.reportMissing(
                    "Nothing to save",
                    "Claude Code has no session " + named.get() + ", which the input session-id names",
                    false);
        } else if (state.restored().isPresent()) {
            job.outputs().set(Output.SESSION_ID, state.restored().get());
            job.log().log("nothing to save: session " + state.restored().get() + " is unchanged since it was restored");
        } else {
            job.reportMissing(
                    "Nothing to save",
                    "Claude Code left no session of " + job.workingFolder() + " in this job: it did not run, or failed"
                            + " before its first answer, or ran in another folder (working-directory names it)",
                    false);
        }
    }

    private Save.SaveReceipt save(SessionSearch.SearchResult found, SessionStore store) {
        return Save.run(
                new Save.SaveRequest(
                        found.home(),
                        job.workingFolder(),
                        Optional.of(found.id()),
                        Optional.empty(),
                        key,
                        job.inputs().onConflict(),
                        origin(),
                        redaction(),
                        job.inputs().failOnSecrets(),
                        job.stores().trustToWrite(),
                        job.stores().onlySealed(),
                        job.inputs().with()),
                store);
    }

    private Redaction redaction() {
        if (job.inputs().redact() == Redaction.Mode.OFF) {
            return Redaction.NONE;
        }
        Map<String, String> environment = job.runner().environment();
        List<String> told = new ArrayList<>();
        job.inputs().secrets().forEach(secret -> told.add(secret.value()));
        job.inputs().token().ifPresent(token -> told.add(token.value()));
        Path workspace = Path.of(environment.getOrDefault("GITHUB_WORKSPACE", ""));
        OwnRules own = OwnRules.in(workspace, environment);
        own.passedOver()
                .forEach(what -> job.log()
                        .warning(
                                "Redaction",
                                OwnRules.FILE
                                        + " is the checkout's, so on a runner it may only add rules; passed over: "
                                        + what));
        Redaction redaction = new Redaction(job.inputs().redact(), own, environment, told);
        redaction.notes().forEach(note -> job.log().log("secrets: " + note));
        return redaction;
    }

    private void tellPlan(Save.SaveReceipt receipt, SessionStore store) {
        if (job.inputs().planIssue().isEmpty()) {
            return;
        }
        PlanIssue plan = new PlanIssue(job.inputs().planIssue().get(), Optional.empty());
        PlanHeader.Update update = PlanHeader.tell(plan, job.plans(), receipt.stored(), store);
        job.outputs().set(Output.ISSUE_UPDATED, update.isDone());
        if (update.isDone()) {
            job.log().log("plan " + plan + " names it");
            update.warning()
                    .ifPresent(warning ->
                            job.log().warning("Plan names it in another way", "Plan " + plan + ": " + warning));
        } else {
            String why = update.error().orElse("");
            job.outputs().set(Output.ISSUE_UPDATE_ERROR, why);
            job.log()
                    .warning(
                            "Plan not updated", "The session is saved, but plan " + plan + " does not name it: " + why);
        }
    }

    private Origin origin() {
        Origin origin = RunOrigin.of(
                job.runner().environment(),
                job.runner().clock().instant().truncatedTo(ChronoUnit.MILLIS),
                ProgramVersion.number());
        return new Origin(
                origin.savedAt(),
                job.inputs().source().orElse(origin.source()),
                origin.relayVersion(),
                origin.details());
    }

    private void tellSecrets(SecretReport secrets, JobSummary summary) {
        List<SecretReport.ReportedSecret> places = secrets.places();
        List<SecretReport.ReportedSecret> named = places.subList(0, Math.min(MOST_PLACES, places.size()));
        named.forEach(secret -> job.log().log("secret: " + secret));
        if (named.size() < places.size() || !secrets.isWhole()) {
            job.log().log("secret: and more in other places; `session-relay scan <transcript>` names them");
        }
        StringJoiner rules = new StringJoiner(", ");
        secrets.perRule().forEach((rule, count) -> rules.add(count + " " + rule));
        StringJoiner where = new StringJoiner("; ");
        named.forEach(secret -> where.add(secret.toString()));
        switch (job.inputs().redact()) {
            case ON -> summary.row("Secrets redacted", rules.toString());
            case REPORT -> {
                summary.row("Secrets stored IN CLEAR", rules.toString());
                if (!secrets.isEmpty()) {
                    job.log().warning("Secrets are stored IN CLEAR", rules + " (redact: report)");
                }
            }
            case OFF -> {
                summary.row("Secrets", "not looked for, and stored IN CLEAR");
                job.log().warning("Secrets are stored IN CLEAR", "Nobody looked for them (redact: off)");
            }
        }
        summary.row("Where", where.toString());
        if (secrets.images() > 0) {
            summary.row("Not looked into", JobSummary.count(secrets.images(), "image"));
        }
    }

    private void tell(Save.SaveReceipt receipt, SessionSearch.SearchResult found, RunnerHome home) throws IOException {
        boolean isSaved = switch (receipt.outcome()) {
            case SAVED, MERGED, KEPT_BOTH -> true;
            case UNCHANGED, BEHIND -> false;
        };
        String ref = job.stores().asTheyWriteIt(receipt.stored().ref());
        Outputs outputs = job.outputs();
        outputs.set(Output.SAVED, isSaved);
        outputs.setSession(
                receipt.stored().manifest().sessionId(),
                home.there(receipt.files().transcript()));
        outputs.setStored(receipt.stored(), ref, job.links(receipt.stored()));
        outputs.set(Output.BYTES_SENT, receipt.bytesWritten());
        outputs.set(
                Output.CONFLICT,
                switch (receipt.outcome()) {
                    case MERGED -> "merged";
                    case KEPT_BOTH -> "kept-both";
                    case SAVED, UNCHANGED, BEHIND -> "";
                });

        String happened = switch (receipt.outcome()) {
            case SAVED -> "saved, " + HumanSize.ofBytes(receipt.bytesWritten()) + " of it new";
            case MERGED ->
                "another run went on with this session too; the two are one conversation now, and it is saved";
            case UNCHANGED -> "unchanged: the store has all of it already";
            case BEHIND -> "nothing saved: another run has gone on with this session, and the store is further";
            case KEPT_BOTH ->
                "session " + receipt.files().id()
                        + " went on in another way in the store, so this one was saved beside it"
                        + " as " + receipt.stored().manifest().sessionId()
                        + receipt.whyApart()
                                .filter(why -> !why.isEmpty())
                                .map(why -> " (" + why + ")")
                                .orElse("");
        };
        job.log().log(happened);
        job.log().log("ref: " + ref);
        job.log().quote(StaysBehind.of(receipt.files()));
        if (receipt.outcome() == Save.SaveOutcome.KEPT_BOTH || receipt.outcome() == Save.SaveOutcome.MERGED) {
            job.log().notice("Two continuations", happened);
        }
        JobSummary summary =
                new JobSummary("Session Relay: " + (isSaved ? "the conversation is saved" : "nothing new to save"));
        summary.row("Thread", key.text());
        job.describe(receipt.stored(), receipt.files().transcript(), summary);
        summary.row("Why this one", found.why());
        summary.row("Outcome", happened);
        tellSecrets(receipt.secrets(), summary);
        summary.command("session-relay restore '" + ref.replace("'", "'\\''") + "'");
        summary.command("claude --resume " + receipt.stored().manifest().sessionId());
        job.show(summary);
    }
}
