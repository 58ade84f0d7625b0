package dev.sessionrelay.agent.claude;

import dev.sessionrelay.io.file.HeldFolder;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.NameCollisions;
import dev.sessionrelay.transcript.RecordField;
import dev.sessionrelay.transcript.RecordScanner;
import dev.sessionrelay.transcript.SessionId;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files that belong to one session: the transcript, the folder beside it (subagents, large tool results), the
 * subagents that Claude Code 2.0 laid beside it, and its task list. What is private to the machine, a cache or only of
 * use to the process that wrote it stays.
 *
 * @param transcript as people know it
 * @param records where the transcript is read, as the files beside it are where they are named
 * @param held what has to be open meanwhile
 */
public record SessionFiles(
        SessionId id, Path transcript, Path records, SortedMap<EntryName, Path> sides, List<Closeable> held)
        implements Closeable {
    private static final int MOST_FOLDERS = 1000;
    static final String MEMORY = "memory";
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
                case MEMORY -> project.resolve(MEMORY).resolve(name.inRoom());
                case PLANS -> home.plans().resolve(name.inRoom());
                case FOLDER -> folder().resolve(name.inRoom());
            };
        }
    }

    public static SessionFiles gather(Places places) throws IOException {
        return gather(places, OptIn.NOTHING);
    }

    /** Reads nothing yet but names; the files are read later, so the folders stay held until this is closed. */
    public static SessionFiles gather(Places places, OptIn with) throws IOException {
        List<Closeable> held = new ArrayList<>();
        try {
            HeldFolder project = HeldFolder.open(places.project());
            held.add(project);
            SortedMap<EntryName, Path> sides = new TreeMap<>();
            Path transcript = project.file(places.id() + ".jsonl")
                    .orElseThrow(
                            () -> new NoSuchFileException(places.transcript().toString()));
            addFolder(project, places.id().text(), "", sides, held);
            addSubagentsBeside(project, places.id(), sides);
            addTasks(places, sides, held);
            OptInFiles.add(with, places, project, transcript, sides, held);
            leaveClashing(sides);
            return new SessionFiles(places.id(), places.transcript(), transcript, sides, held);
        } catch (IOException | RuntimeException e) {
            close(held);
            throw e;
        }
    }

    private static void addFolder(
            HeldFolder above, String name, String path, SortedMap<EntryName, Path> sides, List<Closeable> held)
            throws IOException {
        if (!Files.isDirectory(above.path().resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        HeldFolder folder = above.enter(name);
        held.add(folder);
        if (held.size() > MOST_FOLDERS) {
            throw new IOException(folder.real() + " has more folders than a session");
        }
        for (Path file : in(folder, "*")) {
            String here = path + file.getFileName();
            if (isOurs(file)) {
                name(here, sides, folder, file);
            } else {
                addFolder(folder, String.valueOf(file.getFileName()), here + "/", sides, held);
            }
        }
    }

    private static List<Path> in(HeldFolder folder, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path(), glob)) {
            files.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private static void name(String path, SortedMap<EntryName, Path> sides, HeldFolder folder, Path file)
            throws IOException {
        EntryName name;
        try {
            name = EntryName.inFolder(path);
        } catch (IllegalArgumentException unsafe) {
            // A name that could not be restored safely is not one that Claude Code gives; it stays here.
            return;
        }
        put(name, sides, folder, file);
    }

    private static void put(EntryName name, SortedMap<EntryName, Path> sides, HeldFolder folder, Path file)
            throws IOException {
        folder.file(String.valueOf(file.getFileName())).ifPresent(found -> sides.put(name, found));
    }

    /** Of names that not every disk tells apart, one could not be restored; nor could those of settings. */
    private static void leaveClashing(SortedMap<EntryName, Path> sides) {
        NameCollisions names = new NameCollisions();
        sides.keySet()
                .removeIf(name ->
                        RefusedNames.isRefused(name) || names.clash(name).isPresent());
    }

    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !LEFT_HERE.contains(name)
                && !name.startsWith(".")
                && !name.endsWith(".lock")
                && !name.endsWith(".cast");
    }

    private static void addSubagentsBeside(HeldFolder project, SessionId id, SortedMap<EntryName, Path> sides)
            throws IOException {
        for (Path agent : in(project, "agent-*.jsonl")) {
            if (isOurs(agent) && belongsTo(id, agent)) {
                put(EntryName.beside(agent.getFileName().toString()), sides, project, agent);
            }
        }
    }

    private static boolean belongsTo(SessionId id, Path agent) throws IOException {
        try (InputStream in = PlainFile.open(agent);
                RecordScanner records = new RecordScanner(in)) {
            while (records.next()) {
                if (records.has(RecordField.SESSION_ID)) {
                    return records.is(RecordField.SESSION_ID, id.text());
                }
            }
        }
        return false;
    }

    private static void addTasks(Places places, SortedMap<EntryName, Path> sides, List<Closeable> held)
            throws IOException {
        Path tasks = places.home().tasksOf(places.id());
        if (!Files.isDirectory(tasks, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        HeldFolder all = HeldFolder.open(Objects.requireNonNull(tasks.getParent()));
        held.add(all);
        HeldFolder folder = all.enter(places.id().text());
        held.add(folder);
        for (Path task : in(folder, "*.json")) {
            if (isOurs(task)) {
                put(EntryName.task(task.getFileName().toString()), sides, folder, task);
            }
        }
    }

    @Override
    public void close() throws IOException {
        close(held);
    }

    private static void close(List<Closeable> held) throws IOException {
        for (Closeable one : held) {
            one.close();
        }
    }

    public List<EntryName> names() {
        return Stream.concat(Stream.of(EntryName.TRANSCRIPT), sides.keySet().stream())
                .toList();
    }
}
