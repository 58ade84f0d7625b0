package dev.sessionrelay.git;

import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A branch, as a server lists it.
 *
 * @param target the branch that this one stands for, as HEAD does; else empty
 */
record RefLine(ObjectId id, String name, String target) {
    private static final String TARGET = "symref-target:";

    /** {@code <id> <name>[ symref-target:<name>]…}; a branch without a commit has no id. */
    static Optional<RefLine> parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length < 2 || !ObjectId.isId(words[0])) {
            return Optional.empty();
        }
        String target = "";
        for (String word : words) {
            target = word.startsWith(TARGET) ? word.substring(TARGET.length()) : target;
        }
        return Optional.of(new RefLine(ObjectId.fromString(words[0]), words[1], target));
    }
}
