package dev.sessionrelay.agent.claude;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.protect.redact.SecretReport;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Changes;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Origin;
import dev.sessionrelay.session.Segmenter;
import dev.sessionrelay.transcript.FactsReader;
import dev.sessionrelay.transcript.SessionId;
import dev.sessionrelay.transcript.TranscriptFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes a bundle of a session's files. Nothing is copied: the bundle reads the files when it is stored. */
public final class Preparation {
    private final Origin origin;
    private final Redaction redaction;

    public Preparation(Origin origin, Redaction redaction) {
        this.origin = origin;
        this.redaction = redaction;
    }

    /**
     * A session's files as they will travel, before they are cut for a certain store.
     *
     * @param report the secrets that were found in them
     * @param redaction what knows all that was found in them
     */
    public record Draft(
            SessionFiles files,
            TranscriptFacts facts,
            Map<EntryName, Payload> payloads,
            Changes prepared,
            SecretReport report,
            Redaction redaction) {

        public Payload transcript() {
            return Objects.requireNonNull(payloads.get(EntryName.TRANSCRIPT));
        }

        /** The draft with a transcript that another machine's records have been joined to. */
        public Draft joined(Payload transcript, int reparented) throws IOException {
            Map<EntryName, Payload> changed = new TreeMap<>(payloads);
            changed.put(EntryName.TRANSCRIPT, transcript);
            return new Draft(
                    files, FactsReader.of(transcript), changed, prepared.andReparented(reparented), report, redaction);
        }

        private Draft with(EntryName name, Payload payload) {
            Map<EntryName, Payload> changed = new TreeMap<>(payloads);
            changed.put(name, payload);
            return new Draft(files, facts, changed, prepared, report, redaction);
        }
    }

    public Draft draft(SessionFiles files) throws IOException {
        Draft draft = read(files);
        requireConversation(files.transcript(), draft);
        return draft;
    }

    /** The same for files that need not hold a conversation yet. */
    public Draft read(SessionFiles files) throws IOException {
        Travelling.Records transcript = Travelling.leaving(files.records());
        Map<EntryName, Payload> payloads = new TreeMap<>();
        payloads.put(EntryName.TRANSCRIPT, transcript.records());
        Changes prepared = transcript.prepared();
        for (Map.Entry<EntryName, Path> side : files.sides().entrySet()) {
            if (side.getKey().isRecords()) {
                Travelling.Records records = Travelling.leaving(side.getValue());
                prepared = prepared.and(records.prepared());
                payloads.put(side.getKey(), records.records());
            } else {
                payloads.put(side.getKey(), FilePayload.of(side.getValue()));
            }
        }
        SecretReport report = new SecretReport();
        Redaction.Redacted redacted = redaction.all(payloads, report);
        if (redaction.mode() == Redaction.Mode.ON) {
            prepared = prepared.withRedacted(report.perRuleAndFile());
        }
        TranscriptFacts facts = withSafeTitle(transcript.facts(), redacted.knowing());
        return new Draft(files, facts, redacted.payloads(), prepared, report, redacted.knowing());
    }

    /** The title is part of the manifest, and Claude Code makes it of what was said. */
    private static TranscriptFacts withSafeTitle(TranscriptFacts facts, Redaction redaction) {
        return facts.withTitle(facts.title().map(redaction::text));
    }

    private static void requireConversation(Path file, Draft draft) {
        if (!draft.facts().hasConversation()) {
            throw Failure.badInput(
                    file + (draft.transcript().size() == 0 ? " is empty" : " holds no message with a time")
                            + ": there is nothing to resume",
                    "name another session with --session-id; `session-relay find --explain` lists them");
        }
    }

    /**
     * A bundle for a certain store.
     *
     * @param strays the files of which something is stored that is no beginning of what is here
     */
    public record Cutting(Bundle bundle, Set<EntryName> strays) {}

    /** Cuts the draft so that it shares all it can with what is stored of the session. */
    public Cutting cut(Draft draft, SessionId id, Optional<Manifest> stored) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Set<EntryName> strays = new TreeSet<>();
        for (Map.Entry<EntryName, Payload> payload : draft.payloads().entrySet()) {
            Optional<Entry> base = stored.flatMap(manifest -> manifest.entry(payload.getKey()));
            Segmenter.Cut cut = Segmenter.cut(payload.getKey(), payload.getValue(), base);
            entries.add(cut.entry());
            if (base.isPresent() && !cut.extendsBase()) {
                strays.add(payload.getKey());
            }
        }
        Manifest manifest = new Manifest(
                id,
                Optional.empty(),
                id.equals(draft.files().id())
                        ? stored.flatMap(Manifest::continues)
                        : Optional.of(draft.files().id()),
                draft.facts(),
                origin,
                stored.map(earlier -> draft.prepared().after(earlier.prepared()))
                        .orElse(draft.prepared()),
                entries);
        return new Cutting(new Bundle(manifest, draft.payloads()), strays);
    }

    /**
     * A draft whose transcript begins as the stored one does.
     *
     * @param stored the stored transcript without what is known to be secret here
     * @param changesStored whether that took anything out, or something that is not to travel
     */
    public record Upon(Draft draft, Payload stored, boolean changesStored) {}

    private static Payload leaving(Payload stored) throws IOException {
        return Travelling.of(stored, Travelling.Unknown.KEPT).records();
    }

    /**
     * Lets the draft's transcript begin with the stored one's lines, as far as the two differ only in what was taken
     * for a secret. So what was once redacted in a store stays so, whoever saves next, and what turns out to be a
     * secret later goes.
     */
    public Upon upon(Draft draft, Bundle stored) throws IOException {
        SecretReport found = new SecretReport();
        Payload travelling = leaving(stored.transcript());
        Payload theirs = draft.redaction().of(EntryName.TRANSCRIPT, travelling, found);
        Payload joined = new Continued(theirs, draft.transcript(), true).behindCommonLines();
        boolean redacts = redaction.mode() == Redaction.Mode.ON && !found.isEmpty();
        boolean changes = redacts || !travelling.equals(stored.transcript());
        return new Upon(draft.with(EntryName.TRANSCRIPT, joined), theirs, changes);
    }

    /** The same for files beside the transcript that are no more than continued here. */
    public Draft uponSides(Draft draft, Bundle stored, Set<EntryName> strays) throws IOException {
        Draft changed = draft;
        for (EntryName name : strays) {
            Payload own = draft.payloads().get(name);
            if (name.equals(EntryName.TRANSCRIPT) || own == null) {
                continue;
            }
            Payload theirs = name.isRecords() ? leaving(stored.payload(name)) : stored.payload(name);
            Continued continued = new Continued(
                    draft.redaction().of(name, theirs, new SecretReport()), own, name.isRecords() && !name.isJournal());
            switch (continued.relation()) {
                case EQUAL, SHORTER -> changed = changed.with(name, continued.behindStored());
                case LONGER, DIVERGED -> {}
            }
        }
        return changed;
    }
}
