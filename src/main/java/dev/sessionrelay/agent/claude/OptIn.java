package dev.sessionrelay.agent.claude;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.text.SafeText;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is taken along with a session, because somebody asked for it. It belongs to the project or to the user, and
 * Claude Code reads it as instructions in other sessions too.
 */
public record OptIn(Set<OptInKind> kinds) {
    public static final OptIn NOTHING = new OptIn(Set.of());

    /** What there is to ask for, by the name that asks for it. */
    public enum OptInKind {
        MEMORY("the project's memory", EntryName.EntryFolder.MEMORY),
        PLANS("plans", EntryName.EntryFolder.PLANS);

        private final String description;
        private final EntryName.EntryFolder room;

        OptInKind(String description, EntryName.EntryFolder room) {
            this.description = description;
            this.room = room;
        }

        public String describe() {
            return description;
        }

        public EntryName.EntryFolder room() {
            return room;
        }

        public String option() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public OptIn {
        kinds = Set.copyOf(kinds);
    }

    /** @param words names with commas between them */
    public static OptIn of(String words) {
        Set<OptInKind> kinds = EnumSet.noneOf(OptInKind.class);
        for (String word : words.split("[,\\s]+", -1)) {
            if (!word.isEmpty()) {
                kinds.add(Stream.of(OptInKind.values())
                        .filter(kind -> kind.option().equals(word))
                        .findFirst()
                        .orElseThrow(() -> unknown(words)));
            }
        }
        return new OptIn(kinds);
    }

    private static Failure unknown(String words) {
        return Failure.badInput(
                "with \"" + SafeText.of(words, 80) + "\" is not known",
                "give " + Stream.of(OptInKind.values()).map(OptInKind::option).collect(Collectors.joining(", "))
                        + ", or both");
    }

    public boolean has(OptInKind kind) {
        return kinds.contains(kind);
    }

    /** Whether a file of a session may be placed. */
    public boolean has(EntryName name) {
        return !name.room().isShared() || kinds.stream().anyMatch(kind -> kind.room() == name.room());
    }
}
