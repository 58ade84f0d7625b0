package dev.sessionrelay.claude;

import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.Failure;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is taken along with a session, because somebody asked for it. It belongs to the project or to the user, and Claude
 * Code reads it as instructions in other sessions too.
 */
public record With(Set<Kind> kinds) {
    public static final With NOTHING = new With(Set.of());

    /** What there is to ask for, by the name that asks for it. */
    public enum Kind {
        MEMORY("the project's memory", EntryName.Room.MEMORY),
        PLANS("plans", EntryName.Room.PLANS);

        private final String inWords;
        private final EntryName.Room room;

        Kind(String inWords, EntryName.Room room) {
            this.inWords = inWords;
            this.room = room;
        }

        public String inWords() {
            return inWords;
        }

        public EntryName.Room room() {
            return room;
        }

        public String option() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public With {
        kinds = Set.copyOf(kinds);
    }

    /** @param words names with commas between them */
    public static With of(String words) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String word : words.split("[,\\s]+", -1)) {
            if (!word.isEmpty()) {
                kinds.add(Stream.of(Kind.values())
                        .filter(kind -> kind.option().equals(word))
                        .findFirst()
                        .orElseThrow(() -> unknown(words)));
            }
        }
        return new With(kinds);
    }

    private static Failure unknown(String words) {
        return Failure.badInput(
                "with \"" + Printable.of(words, 80) + "\" is not known",
                "give " + Stream.of(Kind.values()).map(Kind::option).collect(Collectors.joining(", ")) + ", or both");
    }

    public boolean has(Kind kind) {
        return kinds.contains(kind);
    }

    /** Whether a file of a session may be placed. */
    public boolean has(EntryName name) {
        return !name.room().isShared() || kinds.stream().anyMatch(kind -> kind.room() == name.room());
    }
}
