package dev.sessionrelay.merge;

import dev.sessionrelay.bundle.Comparison;
import dev.sessionrelay.bundle.Digest;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.bundle.Pieces;
import dev.sessionrelay.claude.Field;
import dev.sessionrelay.claude.RecordScanner;
import dev.sessionrelay.merge.TailRecord.Role;
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
record Tail(Payload payload, List<TailRecord> records, Map<Mark, TailRecord> byKey, boolean namesItsEnd) {

    static Tail read(Payload payload, long from, Chain chain) throws IOException {
        List<TailRecord> records = new ArrayList<>();
        Map<Mark, TailRecord> byKey = new HashMap<>();
        boolean namesItsEnd = false;
        MessageDigest counter = Digest.counter();
        try (RecordScanner scanner = new RecordScanner(payload.open(from));
                RecordContent content = new RecordContent(payload.open(from))) {
            while (scanner.next()) {
                TailRecord record = record(scanner, content, from, chain, counter);
                records.add(record);
                byKey.putIfAbsent(record.key(), record);
                namesItsEnd |= scanner.is(Field.TYPE, "last-prompt") && scanner.has(Field.LEAF_UUID);
            }
        }
        return new Tail(payload, List.copyOf(records), byKey, namesItsEnd);
    }

    private static TailRecord record(
            RecordScanner scanner, RecordContent content, long from, Chain chain, MessageDigest counter)
            throws IOException {
        Optional<String> uuid = uuid(scanner);
        boolean parented = uuid.isPresent() && scanner.endOf(Field.PARENT_UUID) > 0;
        long gapStart = parented ? scanner.startOf(Field.PARENT_UUID) : scanner.end();
        long gapEnd = parented ? scanner.endOf(Field.PARENT_UUID) : scanner.end();
        boolean mayUseTools = uuid.isPresent() && isMessage(scanner);
        Mark mark = content.mark(scanner.end(), gapStart, gapEnd, mayUseTools);
        return new TailRecord(
                from + scanner.start(),
                from + scanner.end(),
                role(scanner, chain, content),
                uuid.map(text -> Mark.of(text, counter)).orElse(mark),
                mark,
                parent(scanner, counter),
                uuid.isPresent() && !scanner.has(Field.PARENT_UUID),
                from + gapStart,
                from + gapEnd,
                time(scanner),
                content.calls(),
                content.results());
    }

    private static Optional<String> uuid(RecordScanner scanner) {
        return scanner.kind() == RecordScanner.Kind.RECORD ? scanner.text(Field.UUID) : Optional.empty();
    }

    static boolean isMessage(RecordScanner scanner) {
        return scanner.is(Field.TYPE, "user") || scanner.is(Field.TYPE, "assistant");
    }

    static @Nullable Mark parent(RecordScanner scanner, MessageDigest counter) {
        return scanner.text(Field.PARENT_UUID)
                .or(() -> scanner.text(Field.LOGICAL_PARENT_UUID))
                .map(text -> Mark.of(text, counter))
                .orElse(null);
    }

    private static Role role(RecordScanner scanner, Chain chain, RecordContent content) {
        if (uuid(scanner).isEmpty()) {
            return Role.STATE;
        }
        if (chain == Chain.OF_SESSION && scanner.isTrue(Field.IS_SIDECHAIN)) {
            return Role.LINK;
        }
        return switch (scanner.text(Field.TYPE).orElse("")) {
            case "user" -> content.results().isEmpty() && !scanner.isTrue(Field.IS_META) ? Role.PROMPT : Role.WORD;
            case "assistant" -> Role.WORD;
            case "attachment", "system" -> Role.CONTEXT;
            default -> Role.LINK;
        };
    }

    private static long time(RecordScanner scanner) {
        try {
            return scanner.text(Field.TIMESTAMP)
                    .map(text -> Instant.parse(text).toEpochMilli())
                    .orElse(TailRecord.NO_TIME);
        } catch (DateTimeException | ArithmeticException unreadable) {
            return TailRecord.NO_TIME;
        }
    }

    boolean has(TailRecord record) {
        return byKey.containsKey(record.key());
    }

    /** Whether this one lacks any record of the other. */
    boolean lacksSomeOf(Tail other) {
        return other.records.stream().anyMatch(record -> !has(record));
    }

    /** Whether both have a record of one uuid that says one thing here and another there. */
    boolean contradicts(Tail other) throws IOException {
        for (TailRecord record : other.records) {
            TailRecord mine = byKey.get(record.key());
            if (mine != null && !mine.content().equals(record.content()) && !saysTheSame(mine, other, record)) {
                return true;
            }
        }
        return false;
    }

    /** Whether they differ only in what was taken for a secret, before what they follow and behind it. */
    private boolean saysTheSame(TailRecord mine, Tail other, TailRecord record) throws IOException {
        return isSame(mine.start(), mine.parentStart(), other, record.start(), record.parentStart())
                && isSame(mine.parentEnd(), mine.end(), other, record.parentEnd(), record.end());
    }

    private boolean isSame(long from, long to, Tail other, long otherFrom, long otherTo) throws IOException {
        Pieces own = new Pieces().add(payload, from, to);
        Pieces its = new Pieces().add(other.payload, otherFrom, otherTo);
        return Comparison.of(own, its).relation() == Comparison.Relation.EQUAL;
    }

    /**
     * The records that the other lacks. Of state the last one counts, so behind a new message the state is told again,
     * even in words that the other knows.
     */
    List<TailRecord> notIn(Tail other) {
        List<TailRecord> own = new ArrayList<>();
        boolean behindNew = false;
        for (TailRecord record : records) {
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

    Optional<TailRecord> end() {
        return endOf(records);
    }

    /** Where the conversation stands: the last of its records in the order of the file. */
    static Optional<TailRecord> endOf(List<TailRecord> records) {
        for (TailRecord record : records.reversed()) {
            if (record.role().isConversation()) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    static OptionalLong latest(List<TailRecord> records) {
        return records.stream()
                .filter(record -> record.role().isConversation() && record.time() != TailRecord.NO_TIME)
                .mapToLong(TailRecord::time)
                .max();
    }

    /** The record's uuid as it is spelt. */
    String uuidOf(TailRecord record) throws IOException {
        try (RecordScanner scanner = new RecordScanner(payload.open(record.start()))) {
            scanner.next();
            return scanner.text(Field.UUID).orElseThrow();
        }
    }

    /** Whether the last turn waits for a tool. What was open when a new prompt came was given up. */
    boolean endsInToolCall() {
        Set<String> open = new HashSet<>();
        for (TailRecord record : records) {
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
