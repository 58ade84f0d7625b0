package dev.sessionrelay.transcript.merge;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.io.SplicedPayload;
import dev.sessionrelay.transcript.Comparison;
import dev.sessionrelay.transcript.RecordField;
import dev.sessionrelay.transcript.RecordScanner;
import dev.sessionrelay.transcript.merge.ContinuationRecord.Role;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one continuation has behind the common beginning.
 *
 * @param namesItsEnd whether it was written by a Claude Code that notes where the conversation ends
 */
record Continuation(
        Payload payload,
        List<ContinuationRecord> records,
        Map<RecordHash, ContinuationRecord> byKey,
        boolean namesItsEnd) {

    static Continuation read(Payload payload, long from, Chain chain) throws IOException {
        List<ContinuationRecord> records = new ArrayList<>();
        Map<RecordHash, ContinuationRecord> byKey = new HashMap<>();
        boolean namesItsEnd = false;
        MessageDigest counter = Digest.counter();
        try (RecordScanner scanner = new RecordScanner(payload.open(from));
                RecordContent content = new RecordContent(payload.open(from))) {
            while (scanner.next()) {
                ContinuationRecord record = record(scanner, content, from, chain, counter);
                records.add(record);
                byKey.putIfAbsent(record.key(), record);
                namesItsEnd |= scanner.is(RecordField.TYPE, "last-prompt") && scanner.has(RecordField.LEAF_UUID);
            }
        }
        return new Continuation(payload, List.copyOf(records), byKey, namesItsEnd);
    }

    private static ContinuationRecord record(
            RecordScanner scanner, RecordContent content, long from, Chain chain, MessageDigest counter)
            throws IOException {
        Optional<String> uuid = uuid(scanner);
        boolean parented = uuid.isPresent() && scanner.endOf(RecordField.PARENT_UUID) > 0;
        long gapStart = parented ? scanner.startOf(RecordField.PARENT_UUID) : scanner.end();
        long gapEnd = parented ? scanner.endOf(RecordField.PARENT_UUID) : scanner.end();
        boolean mayUseTools = uuid.isPresent() && isMessage(scanner);
        RecordHash mark = content.mark(scanner.end(), gapStart, gapEnd, mayUseTools);
        return new ContinuationRecord(
                from + scanner.start(),
                from + scanner.end(),
                role(scanner, chain, content),
                uuid.map(text -> RecordHash.of(text, counter)).orElse(mark),
                mark,
                parent(scanner, counter),
                uuid.isPresent() && !scanner.has(RecordField.PARENT_UUID),
                from + gapStart,
                from + gapEnd,
                time(scanner),
                content.calls(),
                content.results());
    }

    private static Optional<String> uuid(RecordScanner scanner) {
        return scanner.kind() == RecordScanner.ScanKind.RECORD ? scanner.text(RecordField.UUID) : Optional.empty();
    }

    static boolean isMessage(RecordScanner scanner) {
        return scanner.is(RecordField.TYPE, "user") || scanner.is(RecordField.TYPE, "assistant");
    }

    static @Nullable RecordHash parent(RecordScanner scanner, MessageDigest counter) {
        return scanner.text(RecordField.PARENT_UUID)
                .or(() -> scanner.text(RecordField.LOGICAL_PARENT_UUID))
                .map(text -> RecordHash.of(text, counter))
                .orElse(null);
    }

    private static Role role(RecordScanner scanner, Chain chain, RecordContent content) {
        if (uuid(scanner).isEmpty()) {
            return Role.STATE;
        }
        if (chain == Chain.OF_SESSION && scanner.isTrue(RecordField.IS_SIDECHAIN)) {
            return Role.LINK;
        }
        return switch (scanner.text(RecordField.TYPE).orElse("")) {
            case "user" ->
                content.results().isEmpty() && !scanner.isTrue(RecordField.IS_META) ? Role.PROMPT : Role.WORD;
            case "assistant" -> Role.WORD;
            case "attachment", "system" -> Role.CONTEXT;
            default -> Role.LINK;
        };
    }

    private static long time(RecordScanner scanner) {
        try {
            return scanner.text(RecordField.TIMESTAMP)
                    .map(text -> Instant.parse(text).toEpochMilli())
                    .orElse(ContinuationRecord.NO_TIME);
        } catch (DateTimeException | ArithmeticException unreadable) {
            return ContinuationRecord.NO_TIME;
        }
    }

    boolean has(ContinuationRecord record) {
        return byKey.containsKey(record.key());
    }

    /** Whether this one lacks any record of the other. */
    boolean lacksSomeOf(Continuation other) {
        return other.records.stream().anyMatch(record -> !has(record));
    }

    /** Whether both have a record of one uuid that says one thing here and another there. */
    boolean contradicts(Continuation other) throws IOException {
        for (ContinuationRecord record : other.records) {
            ContinuationRecord mine = byKey.get(record.key());
            if (mine != null && !mine.content().equals(record.content()) && !saysTheSame(mine, other, record)) {
                return true;
            }
        }
        return false;
    }

    /** Whether they differ only in what was taken for a secret, before what they follow and behind it. */
    private boolean saysTheSame(ContinuationRecord mine, Continuation other, ContinuationRecord record)
            throws IOException {
        return isSame(mine.start(), mine.parentStart(), other, record.start(), record.parentStart())
                && isSame(mine.parentEnd(), mine.end(), other, record.parentEnd(), record.end());
    }

    private boolean isSame(long from, long to, Continuation other, long otherFrom, long otherTo) throws IOException {
        SplicedPayload own = new SplicedPayload().add(payload, from, to);
        SplicedPayload its = new SplicedPayload().add(other.payload, otherFrom, otherTo);
        return Comparison.of(own, its).relation() == Comparison.Relation.EQUAL;
    }

    /**
     * The records that the other lacks. Of state the last one counts, so behind a new message the state is told again,
     * even in words that the other knows.
     */
    List<ContinuationRecord> notIn(Continuation other) {
        List<ContinuationRecord> own = new ArrayList<>();
        boolean behindNew = false;
        for (ContinuationRecord record : records) {
            boolean isNew = !other.has(record);
            if (record.role() != Role.STATE) {
                behindNew = isNew;
            }
            if (isNew || (record.role() == Role.STATE && behindNew)) {
                own.add(record);
            }
        }
        return own;
    }

    Optional<ContinuationRecord> end() {
        return endOf(records);
    }

    /** Where the conversation stands: the last of its records in the order of the file. */
    static Optional<ContinuationRecord> endOf(List<ContinuationRecord> records) {
        for (ContinuationRecord record : records.reversed()) {
            if (record.role().isConversation()) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    static OptionalLong latest(List<ContinuationRecord> records) {
        return records.stream()
                .filter(record -> record.role().isConversation() && record.time() != ContinuationRecord.NO_TIME)
                .mapToLong(ContinuationRecord::time)
                .max();
    }

    /** The record's uuid as it is spelt. */
    String uuidOf(ContinuationRecord record) throws IOException {
        try (RecordScanner scanner = new RecordScanner(payload.open(record.start()))) {
            scanner.next();
            return scanner.text(RecordField.UUID).orElseThrow();
        }
    }

    /** Whether the last turn waits for a tool. What was open when a new prompt came was given up. */
    boolean endsInToolCall() {
        Set<String> open = new HashSet<>();
        for (ContinuationRecord record : records) {
            if (record.role() == Role.PROMPT) {
                open.clear();
            } else if (record.role() == Role.WORD) {
                open.addAll(record.calls());
                record.results().forEach(open::remove);
            }
        }
        return !open.isEmpty();
    }
}
