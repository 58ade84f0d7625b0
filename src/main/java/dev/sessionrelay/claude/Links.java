package dev.sessionrelay.claude;

import dev.sessionrelay.bundle.Edited.Editing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leads what followed a record that is left out to the one before it. And an attachment, whose words Claude Code
 * tells the model as the system where it is not said otherwise, tells them as the user would.
 */
final class Links {
    private static final String NOTHING = "null";

    /** Where those lead that were left out, as JSON. */
    private final Map<String, String> before = new HashMap<>();

    private record Edit(Field field, String value) {}

    void leaveOut(RecordScanner record) {
        record.text(Field.UUID).ifPresent(uuid -> before.put(uuid, parentOf(record)));
    }

    private String parentOf(RecordScanner record) {
        Optional<String> parent = record.text(Field.PARENT_UUID);
        return parent.map(before::get)
                .or(() -> parent.filter(Links::isPlain).map(uuid -> "\"" + uuid + "\""))
                .orElse(NOTHING);
    }

    private static boolean isPlain(String uuid) {
        return uuid.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\\');
    }

    /** Whether it says where the conversation ends, and nothing of that one is left. */
    boolean leadsNowhere(RecordScanner record) {
        return !record.has(Field.UUID)
                && record.text(Field.LEAF_UUID)
                        .map(before::get)
                        .filter(NOTHING::equals)
                        .isPresent();
    }

    private static long place(Edit edit, RecordScanner record) {
        long start = record.startOf(edit.field());
        return start == 0 ? record.brace() : start;
    }

    /** Whether there was anything to edit. */
    boolean edit(RecordScanner record, Editing edits) {
        List<Edit> needed = new ArrayList<>(1);
        if (!before.isEmpty()) {
            for (Field field : List.of(Field.PARENT_UUID, Field.LOGICAL_PARENT_UUID, Field.LEAF_UUID)) {
                record.text(field).map(before::get).ifPresent(value -> needed.add(new Edit(field, value)));
            }
        }
        if (record.is(Field.TYPE, "attachment") && !record.is(Field.RENDERED_ROLE, "user")) {
            needed.add(new Edit(Field.RENDERED_ROLE, "\"user\""));
        }
        needed.sort(Comparator.comparingLong(edit -> place(edit, record)));
        for (Edit edit : needed) {
            if (record.startOf(edit.field()) == 0) {
                edits.replace(record.brace(), record.brace(), ",\"renderedRole\":" + edit.value());
            } else {
                edits.replace(record.startOf(edit.field()), record.endOf(edit.field()), edit.value());
            }
        }
        return !needed.isEmpty();
    }
}
