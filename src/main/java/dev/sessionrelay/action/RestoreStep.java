package dev.sessionrelay.action;

import dev.sessionrelay.action.home.RunnerHome;
import dev.sessionrelay.action.runner.Output;
import dev.sessionrelay.action.runner.StepState;
import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.relay.Restore;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.store.sealed.AskedSession;
import dev.sessionrelay.text.HumanSize;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.util.Optional;

/** Puts the thread's session where the job's Claude Code finds it, or says that there is none yet. */
final class RestoreStep {
    private final Job job;
    private final SessionStore store;
    private final Key key;

    /** @param why in words, for the log and the summary */
    private record FoundSession(StoredSession session, AskedSession asked, String why) {}

    RestoreStep(Job job) {
        this.job = job;
        this.key = job.key();
        this.store = job.stores().toRead();
    }

    void run() throws IOException {
        StepState.recordKey(job.files(), key);
        job.outputs().set(Output.KEY, key);
        job.outputs().set(Output.STORE, store.name());
        Optional<FoundSession> found = find();
        if (found.isEmpty()) {
            reportNothing();
            job.homes().settle();
            return;
        }
        job.log().log(found.get().why());
        try (RunnerHome home = job.homes().open(true)) {
            job.log().log("claude keeps its sessions in " + home.describe());
            Restore.RestoreReceipt receipt = place(found.get(), home);
            home.deliver();
            tell(receipt, home, found.get());
        }
    }

    private Optional<FoundSession> find() {
        try {
            if (job.inputs().ref().isPresent()) {
                Ref ref = job.stores().asWeSeeIt(job.inputs().ref().get());
                store.place().ifPresent(place -> job.stores().trust().requirePlace(ref.toString(), place));
                Query byRef = new Query.ByRef(ref);
                return store.find(byRef)
                        .map(session -> new FoundSession(
                                session, new AskedSession.Session(), "the input ref names this session"));
            }
            if (job.inputs().sessionId().isPresent()) {
                SessionId id = job.inputs().sessionId().get();
                return store.find(new Query.BySession(id, Optional.of(key)))
                        .map(session -> new FoundSession(
                                session, new AskedSession.Session(), "the input session-id names this session"));
            }
            return store.find(new Query.ByKey(key))
                    .map(session ->
                            new FoundSession(session, new AskedSession.OfKey(key), "the latest session of " + key))
                    .or(this::findByPrefix);
        } catch (IOException e) {
            throw Failure.ofDisk("look for a stored session", store.name(), e);
        }
    }

    /** As caches are found: for each prefix in its turn, what was saved last under a key that begins with it. */
    private Optional<FoundSession> findByPrefix() {
        if (job.inputs().restoreKeys().isEmpty()) {
            return Optional.empty();
        }
        SessionStore.Listing listing;
        try {
            listing = store.list();
        } catch (IOException e) {
            throw Failure.ofDisk("look for a stored session", store.name(), e);
        }
        listing.problems().forEach(job.log()::log);
        for (String prefix : job.inputs().restoreKeys()) {
            for (StoredSession session : listing.sessions()) {
                if (session.manifest().key().filter(k -> k.startsWith(prefix)).isPresent()) {
                    return Optional.of(new FoundSession(
                            session,
                            new AskedSession.OfKeys(prefix),
                            "nothing for " + key + "; the newest session of a key that begins with " + prefix));
                }
            }
        }
        return Optional.empty();
    }

    private void reportNothing() {
        job.outputs().set(Output.RESTORED, false);
        job.files().variable("SESSION_RESTORED", "false");
        job.files().variable("SESSION_ID", "");
        boolean named =
                job.inputs().ref().isPresent() || job.inputs().sessionId().isPresent();
        String what = job.inputs().ref().isPresent()
                ? "what the input ref names"
                : job.inputs().sessionId().map(id -> "session " + id).orElse("a session of " + key);
        job.reportMissing(
                "Nothing to restore",
                store.name() + " does not hold " + what + (named ? "" : " yet: Claude Code begins a new one"),
                !named);
        JobSummary summary = new JobSummary("Session Relay: a new conversation");
        summary.row("Thread", key.text());
        summary.row("Why", store.name() + " holds nothing for it yet");
        job.show(summary);
    }

    private Restore.RestoreReceipt place(FoundSession what, RunnerHome home) throws IOException {
        StoredSession session = what.session();
        SessionStore found = new PreloadedStore(store, session);
        Restore.RestoreReceipt receipt =
                placeOnce(what, found, home.toRestore(session.manifest().sessionId()));
        if (!receipt.id().equals(session.manifest().sessionId())) {
            // Kept beside the other under its own id, which may be there from before, and may have grown.
            receipt = placeOnce(what, found, home.toRestore(receipt.id()));
        }
        return receipt;
    }

    private Restore.RestoreReceipt placeOnce(FoundSession what, SessionStore found, ClaudeHome home) {
        Query byRef = new Query.ByRef(what.session().ref());
        return Restore.run(
                new Restore.RestoreRequest(
                        home,
                        job.workingFolder(),
                        byRef,
                        job.inputs().onConflict(),
                        job.stores().trust(),
                        what.asked(),
                        job.stores().onlySealed(),
                        job.inputs().with()),
                found);
    }

    private void tell(Restore.RestoreReceipt receipt, RunnerHome home, FoundSession found) throws IOException {
        String file = home.there(receipt.transcript());
        Outputs outputs = job.outputs();
        outputs.set(Output.RESTORED, true);
        outputs.setSession(receipt.id(), file);
        outputs.setStored(
                receipt.stored(), job.stores().asTheyWriteIt(receipt.stored().ref()), job.links(receipt.stored()));
        outputs.set(Output.MATCHED_KEY, receipt.stored().manifest().key().orElse(""));
        outputs.set(
                Output.CONFLICT,
                switch (receipt.outcome()) {
                    case MERGED -> "merged";
                    case KEPT_BOTH -> "kept-both";
                    case PLACED, APPENDED, REPLACED, UNCHANGED, AHEAD -> "";
                });
        job.files().variable("SESSION_RESTORED", "true");
        job.files().variable("SESSION_ID", receipt.id().text());
        StepState.recordRestored(job.files(), receipt.id());

        String happened = switch (receipt.outcome()) {
            case PLACED -> "restored to " + file;
            case APPENDED -> "added " + HumanSize.ofBytes(receipt.bytesWritten()) + " that were new to " + file;
            case MERGED ->
                "the session went on in another way on this runner; the two are one conversation now: " + file;
            case REPLACED -> "restored to " + file + ", which the stored session has all of";
            case UNCHANGED -> "nothing to do: " + file + " has it all";
            case AHEAD -> "left alone: " + file + " has gone further than what is stored";
            case KEPT_BOTH ->
                "the session went on in another way on this runner, so the stored one is beside it: " + file;
        };
        job.log().log(happened);
        job.log().quote(receipt.notes());
        job.log().log("continue it with: claude --resume " + receipt.id());
        if (receipt.outcome() == Restore.RestoreOutcome.KEPT_BOTH
                || receipt.outcome() == Restore.RestoreOutcome.MERGED) {
            job.log().warning("Two continuations", happened);
        }
        JobSummary summary = new JobSummary("Session Relay: the conversation goes on");
        summary.row("Thread", key.text());
        job.describe(receipt.stored(), receipt.transcript(), summary);
        summary.row("Why this one", found.why());
        summary.row("Saved", receipt.stored().manifest().origin().savedAt().toString());
        job.show(summary);
    }
}
