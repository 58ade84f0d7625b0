package dev.sessionrelay.agent.claude;

import dev.sessionrelay.agent.claude.ResumeCheck.CheckFinding;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.FactsReader;
import dev.sessionrelay.transcript.RecordField;
import dev.sessionrelay.transcript.RecordScanner;
import dev.sessionrelay.transcript.TranscriptFacts;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A checkup while the transcript is gone through. */
final class Examination implements Closeable {
    /** The newest version that was tried out. */
    private static final String NEWEST_TRIED = "2.1.329";

    /** Above it Claude Code may write the file anew. */
    private static final long REWRITTEN = 5 << 20;

    private static final long MOST_OF_A_RECORD = 64 << 20;

    private final long size;
    /** Reads behind the scanner, and like it only forward: a store may have to fetch all that is before a place. */
    private final InputStream behind;

    private long read;
    private final FactsReader facts = new FactsReader();
    private final ChainCheck chain = new ChainCheck();
    private final MessageCheck messages = new MessageCheck();
    private long torn;
    private long other;
    private long untimed;
    private long acting;
    private boolean endsWithNewline = true;

    Examination(Payload transcript) throws IOException {
        this.size = transcript.size();
        this.behind = transcript.open();
    }

    void take(RecordScanner record) throws IOException {
        endsWithNewline = record.endsWithNewline();
        torn += record.kind() == RecordScanner.ScanKind.TORN ? 1 : 0;
        other += record.kind() == RecordScanner.ScanKind.OTHER ? 1 : 0;
        if (record.kind() != RecordScanner.ScanKind.RECORD) {
            return;
        }
        facts.take(record);
        chain.take(record);
        acting += RecordKinds.actsAtOnce(record) ? 1 : 0;
        String type = record.text(RecordField.TYPE).orElse("");
        boolean isMessage = type.equals("user") || type.equals("assistant");
        if (!isMessage || record.isTrue(RecordField.IS_SIDECHAIN)) {
            return;
        }
        untimed += record.text(RecordField.TIMESTAMP).isPresent() ? 0 : 1;
        if (record.end() - record.start() > MOST_OF_A_RECORD) {
            messages.takeUnread();
        } else {
            messages.take(type, bytes(record));
        }
    }

    private byte[] bytes(RecordScanner record) throws IOException {
        behind.skipNBytes(record.start() - read);
        read = record.end();
        return behind.readNBytes((int) (record.end() - record.start()));
    }

    @Override
    public void close() throws IOException {
        behind.close();
    }

    ResumeCheck result() {
        TranscriptFacts read = facts.facts();
        List<CheckFinding> findings = new ArrayList<>();
        findings.add(conversation(read));
        findings.add(chain.finding());
        findings.addAll(messages.findings());
        findings.addAll(lines());
        findings.add(version(read));
        if (acting > 0) {
            findings.add(CheckFinding.remark(
                    "actions", acting + " records would make it act when it is resumed; a restore leaves them out"));
        }
        return new ResumeCheck(read, findings, messages.tokens());
    }

    private CheckFinding conversation(TranscriptFacts read) {
        if (messages.told() > 0 && untimed > 0) {
            return CheckFinding.remark(
                    "conversation",
                    untimed + " of " + messages.told() + " messages have no time: before 2.1.332 Claude Code finds no"
                            + " conversation then, and nor does a save where none has one");
        }
        if (read.hasConversation()) {
            return CheckFinding.fine("conversation", read.turns() + " turns in " + messages.told() + " messages");
        }
        return CheckFinding.obstacle(
                "conversation",
                torn + other > 1
                        ? "no line is a whole message: before 2.1.197 Claude Code finds nothing, and nor does a save; if"
                                + " records are printed over several lines, `jq -c .` puts each back on one"
                        : "there is no message with a time, and Claude Code finds no conversation");
    }

    private List<CheckFinding> lines() {
        List<CheckFinding> findings = new ArrayList<>();
        if (torn > 0) {
            findings.add(CheckFinding.remark("lines", torn + " torn: what was in them is lost, the rest is read"));
        }
        if (size > 0 && !endsWithNewline) {
            findings.add(CheckFinding.remark(
                    "lines",
                    "the last one has no line break: Claude Code before 2.1.329 glues the next record to it; a save and"
                            + " restore heals it"));
        }
        findings.add(
                size > REWRITTEN
                        ? CheckFinding.remark(
                                "size", size + " bytes: above " + REWRITTEN + " Claude Code may write it anew")
                        : CheckFinding.fine("size", size + " bytes"));
        return findings;
    }

    private static CheckFinding version(TranscriptFacts read) {
        String version = SafeText.of(read.claudeVersion().orElse("unknown"), 40);
        return isNewer(version)
                ? CheckFinding.remark(
                        "version", "recorded by " + version + "; " + NEWEST_TRIED + " is the newest that was tried out")
                : CheckFinding.fine("version", "recorded by " + version);
    }

    private static boolean isNewer(String version) {
        return version.matches("[0-9]{1,6}(\\.[0-9]{1,6}){2}")
                && Arrays.compare(numbers(version), numbers(NEWEST_TRIED)) > 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
