package dev.sessionrelay.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.agent.claude.Travelling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A session as it lies in a home: the transcript, and its folder with what belongs to it. */
record SessionOnDisk(Path transcript) {

    /** The one that this home has; the CLI finds none when there are two. */
    static SessionOnDisk in(Path home, String sessionId) throws IOException {
        try (var projects = Files.list(home.resolve(".claude/projects"))) {
            List<Path> found = projects.map(project -> project.resolve(sessionId + ".jsonl"))
                    .filter(Files::exists)
                    .toList();
            assertThat(found).as("transcripts of %s in %s", sessionId, home).hasSize(1);
            return new SessionOnDisk(found.getFirst());
        }
    }

    Path project() {
        return transcript.getParent();
    }

    Path folder() {
        return project().resolve(id());
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(transcript);
    }

    /** Every file of the session by its name in the project's folder, as it should arrive elsewhere. */
    SortedMap<String, String> portable() throws IOException {
        var files = new TreeMap<String, String>();
        for (Path file : files()) {
            files.put(project().relativize(file).toString(), portable(file));
        }
        return files;
    }

    List<Path> files() throws IOException {
        var files = new ArrayList<>(List.of(transcript));
        files.addAll(under(folder(), false));
        files.addAll(subagentsBeside());
        return files;
    }

    List<Path> folders() throws IOException {
        var folders = new ArrayList<>(List.of(project()));
        folders.addAll(under(folder(), true));
        return folders;
    }

    List<Path> under(String name) throws IOException {
        return under(folder().resolve(name), false);
    }

    /** As if the session had been lying there for a while. */
    void age(FileTime time) throws IOException {
        for (Path file : files()) {
            Files.setLastModifiedTime(file, time);
        }
    }

    private String id() {
        return transcript.getFileName().toString().replace(".jsonl", "");
    }

    /**
     * In 2.0 subagents have their transcripts beside the session's, tied to it only by the id in their first line.
     * (Later lines tell less: warming up for a resume leaves agents that begin in an empty session of their own.)
     */
    private List<Path> subagentsBeside() throws IOException {
        var found = new ArrayList<Path>();
        try (var beside = Files.newDirectoryStream(project(), "agent-*.jsonl")) {
            for (Path file : beside) {
                String first = Files.readString(file).lines().findFirst().orElse("");
                if (first.contains("\"sessionId\":\"" + id() + "\"")) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** The CLI's log of its own requests is large, private, and ignored when loading: it does not travel. */
    private static String portable(Path file) throws IOException {
        if (!file.toString().endsWith(".jsonl")) {
            return Files.readString(file);
        }
        try (var in = Travelling.leaving(file).records().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Path> under(Path folder, boolean folders) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var all = Files.walk(folder)) {
            return all.filter(path -> Files.isDirectory(path) == folders).toList();
        }
    }
}
