package dev.sessionrelay.agent.claude;

import dev.sessionrelay.agent.claude.ResumeCheck.CheckFinding;
import dev.sessionrelay.transcript.RecordField;
import dev.sessionrelay.transcript.RecordScanner;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whether the records follow one another. */
final class ChainCheck {
    private final Set<String> known = new HashSet<>();
    private final Set<String> parents = new HashSet<>();
    private long outOfOrder;
    private long links;

    void take(RecordScanner record) {
        Optional<String> uuid = record.text(RecordField.UUID);
        if (uuid.isEmpty()) {
            return;
        }
        links++;
        record.text(RecordField.PARENT_UUID)
                .filter(parent -> !known.contains(parent))
                .ifPresent(parents::add);
        if (parents.contains(uuid.get())) {
            // A record that others before it follow: the lines are not in their order.
            outOfOrder++;
        }
        known.add(uuid.get());
    }

    CheckFinding finding() {
        if (outOfOrder > 0) {
            return CheckFinding.obstacle(
                    "chain",
                    outOfOrder + " records stand behind others that follow them: from 2.1.197 on a part would be lost");
        }
        Set<String> missing = new HashSet<>(parents);
        missing.removeAll(known);
        return missing.isEmpty()
                ? CheckFinding.fine("chain", "all of " + links + " records follow one another")
                : CheckFinding.remark(
                        "chain",
                        missing.size() + " of " + links
                                + " records follow one that is not there: from 2.1.100 on Claude Code bridges such gaps;"
                                + " before, it forgets what was said ahead of them");
    }
}
