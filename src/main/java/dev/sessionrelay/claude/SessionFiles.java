package dev.sessionrelay.claude;

import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.NamesTogether;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.disk.Below;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files that belong to one session: the transcript, the folder beside it (subagents, large tool results), the
 * subagents that Claude Code 2.0 laid beside it, and its task list. What is private to the machine, a cache or only of
 * use to the process that wrote it stays.
 */
public record SessionFiles(SessionId id, Path transcript, SortedMap<EntryName, Path> sides) {
    private static final Set<String> LEFT_HERE = Set.of("resume-head.jsonl");

    /** Where the files of a session lie, or are to lie, below a home and a project's folder. */
    public record Places(ClaudeHome home, Path project, SessionId id) {
        public Path transcript() {
            return project.resolve(id + ".jsonl");
        }

        public Path folder() {
            return project.resolve(id.text());
        }

        public Path of(EntryName name) {
            return switch (name.room()) {
                case TRANSCRIPT -> transcript();
                case BESIDE -> project.resolve(name.inRoom());
                case TASKS -> home.tasksOf(id).resolve(name.inRoom());
                case FOLDER -> folder().resolve(name.inRoom());
            };
        }
    }

    public static SessionFiles gather(Places places) throws IOException {
        SortedMap<EntryName, Path> sides = new TreeMap<>();
        addFolder(places.folder(), sides);
        addSubagentsBeside(places, sides);
        addTasks(places.home().tasksOf(places.id()), sides);
        leaveClashing(sides);
        return new SessionFiles(places.id(), places.transcript(), sides);
    }

    private static void addFolder(Path folder, SortedMap<EntryName, Path> sides) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path file : Below.files(folder)) {
            if (isOurs(file)) {
                name(folder.relativize(file).toString(), sides, file);
            }
        }
    }

    private static void name(String path, SortedMap<EntryName, Path> sides, Path file) {
        try {
            sides.put(EntryName.inFolder(path), file);
        } catch (IllegalArgumentException unsafe) {
            // A name that could not be restored safely is not one that Claude Code gives; it stays here.
        }
    }

    /** Of names that not every disk tells apart, one could not be restored. */
    private static void leaveClashing(SortedMap<EntryName, Path> sides) {
        NamesTogether names = new NamesTogether();
        sides.keySet().removeIf(name -> names.clash(name).isPresent());
    }

    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !LEFT_HERE.contains(name)
                && !name.startsWith(".")
                && !name.endsWith(".lock")
                && !name.endsWith(".cast");
    }

    private static void addSubagentsBeside(Places places, SortedMap<EntryName, Path> sides) throws IOException {
        if (!Files.isDirectory(places.project())) {
            return;
        }
        try (DirectoryStream<Path> agents = Files.newDirectoryStream(places.project(), "agent-*.jsonl")) {
            for (Path agent : agents) {
                if (isOurs(agent) && belongsTo(places.id(), agent)) {
                    sides.put(EntryName.beside(agent.getFileName().toString()), agent);
                }
            }
        }
    }

    private static boolean belongsTo(SessionId id, Path agent) throws IOException {
        try (InputStream in = Files.newInputStream(agent);
                RecordScanner records = new RecordScanner(in)) {
            while (records.next()) {
                if (records.has(Field.SESSION_ID)) {
                    return records.is(Field.SESSION_ID, id.text());
                }
            }
        }
        return false;
    }

    private static void addTasks(Path folder, SortedMap<EntryName, Path> sides) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder, "*.json")) {
            for (Path task : tasks) {
                if (isOurs(task)) {
                    sides.put(EntryName.task(task.getFileName().toString()), task);
                }
            }
        }
    }

    public Collection<Path> all() {
        return Stream.concat(Stream.of(transcript), sides.values().stream()).toList();
    }

    public List<EntryName> names() {
        return Stream.concat(Stream.of(EntryName.TRANSCRIPT), sides.keySet().stream())
                .toList();
    }
}
