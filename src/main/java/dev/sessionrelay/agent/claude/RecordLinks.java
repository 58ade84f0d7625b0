package dev.sessionrelay.agent.claude;

import dev.sessionrelay.io.EditedPayload.Editing;
import dev.sessionrelay.transcript.RecordField;
import dev.sessionrelay.transcript.RecordScanner;
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
final class RecordLinks {
    private static final String NOTHING = "null";

    /** Where those lead that were left out, as JSON. */
    private final Map<String, String> before = new HashMap<>();

    private record LinkEdit(RecordField field, String value) {}

    void leaveOut(RecordScanner record) {
        record.text(RecordField.UUID).ifPresent(uuid -> before.put(uuid, parentOf(record)));
    }

    private String parentOf(RecordScanner record) {
        Optional<String> parent = record.text(RecordField.PARENT_UUID);
        return parent.map(before::get)
                .or(() -> parent.filter(RecordLinks::isPlain).map(uuid -> "\"" + uuid + "\""))
                .orElse(NOTHING);
    }

    private static boolean isPlain(String uuid) {
        return uuid.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\\');
    }

    /** Whether it says where the conversation ends, and nothing of that one is left. */
    boolean leadsNowhere(RecordScanner record) {
        return !record.has(RecordField.UUID)
                && record.text(RecordField.LEAF_UUID)
                        .map(before::get)
                        .filter(NOTHING::equals)
                        .isPresent();
    }

    private static long place(LinkEdit edit, RecordScanner record) {
        long start = record.startOf(edit.field());
        return start == 0 ? record.brace() : start;
    }

    /** Whether there was anything to edit. */
    boolean edit(RecordScanner record, Editing edits) {
        List<LinkEdit> needed = new ArrayList<>(1);
        if (!before.isEmpty()) {
            for (RecordField field :
                    List.of(RecordField.PARENT_UUID, RecordField.LOGICAL_PARENT_UUID, RecordField.LEAF_UUID)) {
                record.text(field).map(before::get).ifPresent(value -> needed.add(new LinkEdit(field, value)));
            }
        }
        if (record.is(RecordField.TYPE, "attachment") && !record.is(RecordField.RENDERED_ROLE, "user")) {
            needed.add(new LinkEdit(RecordField.RENDERED_ROLE, "\"user\""));
        }
        needed.sort(Comparator.comparingLong(edit -> place(edit, record)));
        for (LinkEdit edit : needed) {
            if (record.startOf(edit.field()) == 0) {
                edits.replace(record.brace(), record.brace(), ",\"renderedRole\":" + edit.value());
            } else {
                edits.replace(record.startOf(edit.field()), record.endOf(edit.field()), edit.value());
            }
        }
        return !needed.isEmpty();
    }
}
