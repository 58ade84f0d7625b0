package dev.sessionrelay.session;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.text.SafeText;
import java.nio.charset.StandardCharsets;

/**
 * Names a file of a session without naming the session, so that a copy under another id has the same names.
 *
 * <p>{@code transcript.jsonl} is the conversation. A name that begins with {@code @beside/} lies beside the transcript
 * (the subagents of Claude Code 2.0), one that begins with {@code @tasks/} in the task list's folder, all others in the
 * session's own folder. What a save takes along because it was asked to begins with {@code with/}: for a reader that
 * does not know of that, these are files of the session's folder, which Claude Code does not read. Names come from
 * stores, so they are checked: no way leads out of the session.
 */
public record EntryName(String text) implements Comparable<EntryName> {
    public static final EntryName TRANSCRIPT = new EntryName("transcript.jsonl");
    private static final String BESIDE = "@beside/";
    private static final String TASKS = "@tasks/";
    private static final String WITH = "with/";
    private static final String MEMORY = WITH + "project-memory/";
    private static final String PLANS = WITH + "plan-files/";
    private static final String SEALED = "sealed/";
    private static final String AGE = ".age";
    private static final int LONGEST_PART = 200;
    private static final int DEEPEST = 8;

    /** Where an entry lies on a machine's disk. */
    public enum EntryFolder {
        TRANSCRIPT,
        BESIDE,
        TASKS,
        FOLDER,
        /** The memory of the project that the session is in. */
        MEMORY,
        PLANS;

        /** Whether it is not the session's own, and read as instructions by every session there. */
        public boolean isShared() {
            return this == MEMORY || this == PLANS;
        }
    }

    public EntryName {
        String[] parts = text.split("/", -1);
        boolean flat = text.startsWith(BESIDE) || text.startsWith(TASKS);
        boolean shared = text.startsWith(WITH);
        if ((shared && !isShared(parts))
                || parts.length > DEEPEST
                || (flat && !isFlat(parts))
                || (!flat && text.startsWith("@"))) {
            throw unsafe(text);
        }
        for (String part : parts) {
            boolean tooLong = part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART;
            if (tooLong || !NameForm.isPlain(part)) {
                throw unsafe(text);
            }
        }
    }

    public static EntryName beside(String file) {
        return new EntryName(BESIDE + file);
    }

    public static EntryName task(String file) {
        return new EntryName(TASKS + file);
    }

    /** @param path below the folder of the project's memory */
    public static EntryName memory(String path) {
        return new EntryName(MEMORY + path);
    }

    public static EntryName plan(String file) {
        return new EntryName(PLANS + file);
    }

    /** A sealed file, whose name says nothing of what is inside. */
    public static EntryName sealed(Digest digest) {
        return new EntryName(SEALED + digest.hex().substring(0, 32) + AGE);
    }

    public boolean isSealed() {
        return text.startsWith(SEALED) && text.endsWith(AGE);
    }

    /** From the file's last dot on; empty where it has none. */
    public String ending() {
        int dot = text.lastIndexOf('.');
        return dot > text.lastIndexOf('/') ? text.substring(dot) : "";
    }

    /** A file of the session's own folder, by its path in there. */
    public static EntryName inFolder(String path) {
        EntryName name = new EntryName(path);
        if (name.room() != EntryFolder.FOLDER) {
            throw unsafe(path);
        }
        return name;
    }

    /** A file below the session's folder in an archive, where also lies what was taken along. */
    static EntryName inArchive(String path) {
        EntryName name = new EntryName(path);
        return name.room().isShared() ? name : inFolder(path);
    }

    public EntryFolder room() {
        if (text.equals("transcript.jsonl")) {
            return EntryFolder.TRANSCRIPT;
        }
        if (text.startsWith(WITH)) {
            return text.startsWith(MEMORY) ? EntryFolder.MEMORY : EntryFolder.PLANS;
        }
        return text.startsWith(BESIDE)
                ? EntryFolder.BESIDE
                : text.startsWith(TASKS) ? EntryFolder.TASKS : EntryFolder.FOLDER;
    }

    /** The path inside its room. */
    public String inRoom() {
        return switch (room()) {
            case BESIDE -> text.substring(BESIDE.length());
            case TASKS -> text.substring(TASKS.length());
            case MEMORY -> text.substring(MEMORY.length());
            case PLANS -> text.substring(PLANS.length());
            case TRANSCRIPT, FOLDER -> text;
        };
    }

    /** Whether the file holds records, one a line, and so only ever grows. */
    public boolean isRecords() {
        return text.endsWith(".jsonl");
    }

    /** Whether it is the journal of a workflow: records of agents' results, and not of a conversation. */
    public boolean isJournal() {
        return text.startsWith("subagents/") && text.endsWith("/journal.jsonl");
    }

    /** Outside of the session's own folder lie other sessions, so only files of a known form may go there. */
    private static boolean isFlat(String[] parts) {
        if (parts.length != 2) {
            return false;
        }
        String file = parts[1];
        return parts[0].equals("@beside")
                ? file.startsWith("agent-") && file.endsWith(".jsonl")
                : file.endsWith(".json");
    }

    private static boolean isShared(String[] parts) {
        boolean isPlan = parts.length == 3 && parts[1].equals("plan-files");
        boolean isMemory = parts.length >= 3 && parts[1].equals("project-memory");
        return (isPlan || isMemory) && parts[parts.length - 1].endsWith(".md");
    }

    private static IllegalArgumentException unsafe(String text) {
        return new IllegalArgumentException("\"" + SafeText.of(text, 120) + "\" is no safe name for a session's file");
    }

    @Override
    public int compareTo(EntryName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
