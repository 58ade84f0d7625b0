package dev.sessionrelay.agent.claude;

import dev.sessionrelay.io.EditedPayload.Editing;
import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.Changes;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.transcript.FactsReader;
import dev.sessionrelay.transcript.RecordScanner;
import dev.sessionrelay.transcript.TranscriptFacts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records as they travel: whole ones only, each on a line of its own, of the kinds that {@link RecordKinds} lets
 * travel. What followed one that stays follows the one before it, see {@link RecordLinks}; every other byte is kept.
 *
 * <p>Both ways have this: what leaves a machine, and what arrives on one, whoever wrote it. Since nothing but whole
 * lines is passed on, each judged by itself, what is left out cannot make one record of two others. And since a line
 * is judged by itself and by those before it, the travelling form of a grown file always begins with the one that it
 * had before.
 */
public final class Travelling {
    /** What becomes of records of kinds that nobody here knows. */
    public enum Unknown {
        KEPT,
        LEFT_OUT;

        /** The same for a file; a workflow's journal has kinds of its own, which no conversation is made of. */
        public Unknown in(EntryName name) {
            return name.isJournal() ? KEPT : this;
        }
    }

    public static final String UNKNOWN_KIND = "unknown-kind";
    public static final String TORN_LINE = "torn-line";
    public static final String OTHER_LINE = "other-line";

    private final Editing edits = new Editing();
    private final RecordLinks links = new RecordLinks();
    private final FactsReader facts = new FactsReader();
    private final Map<String, Long> leftOut = new TreeMap<>();
    private final Unknown unknown;
    private long bytesLeftOut;
    private long edited;

    private Travelling(Unknown unknown) {
        this.unknown = unknown;
    }

    /** @param records the payload itself when all of it travels */
    public record Records(Payload records, TranscriptFacts facts, Changes prepared) {}

    /** As a file leaves this machine. */
    public static Records leaving(Path file) throws IOException {
        return of(FilePayload.of(file), Unknown.KEPT);
    }

    public static Records of(Payload payload, Unknown unknown) throws IOException {
        return read(payload.open(), unknown).of(payload);
    }

    /** What to do with the payload that has these bytes. */
    public static Travelling read(InputStream in, Unknown unknown) throws IOException {
        Travelling travelling = new Travelling(unknown);
        try (RecordScanner records = new RecordScanner(in)) {
            while (records.next()) {
                travelling.take(records);
            }
        }
        return travelling;
    }

    public Records of(Payload payload) {
        return new Records(edits.of(payload), facts.facts(), prepared());
    }

    public Changes prepared() {
        return new Changes(leftOut, bytesLeftOut).andEdited(edited);
    }

    private void take(RecordScanner record) {
        String reason = reasonToLeaveOut(record);
        if (!reason.isEmpty()) {
            leftOut.merge(reason, 1L, Long::sum);
            bytesLeftOut += record.end() - record.start();
            edits.leaveOut(record.start(), record.end());
            links.leaveOut(record);
            return;
        }
        edited += links.edit(record, edits) ? 1 : 0;
        if (!record.endsWithNewline()) {
            edits.replace(record.end(), record.end(), "\n");
        }
        facts.take(record);
    }

    private String reasonToLeaveOut(RecordScanner record) {
        return switch (record.kind()) {
            case TORN -> TORN_LINE;
            case OTHER -> OTHER_LINE;
            case RECORD ->
                switch (RecordKinds.verdict(record)) {
                    case STAYS -> RecordKinds.name(record);
                    case UNKNOWN -> unknown == Unknown.LEFT_OUT ? UNKNOWN_KIND : "";
                    case TRAVELS -> links.leadsNowhere(record) ? RecordKinds.name(record) : "";
                };
        };
    }
}
