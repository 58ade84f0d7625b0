package dev.sessionrelay.testing;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.SessionFiles;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Sessions that the real Claude Code recorded, without what is not ours to publish. */
public enum Samples {
    SMALL("2.1.329-small-slim", "-home-dev-projects-m-2-1-329-one", "b5731338-c5ec-4a6b-9055-cb3072648453"),
    INTERACTIVE("2.1.329-interactive-slim", "-home-dev-projects-tui", "15068bd7-40ed-4917-aa6f-7f28741a3c85"),
    MEDIUM("2.1.329-medium-tools-subagent-slim", "-home-dev-projects-med", "ffdd0ae6-10e6-4283-9f91-9a0676031105");

    private final String home;
    private final String project;
    private final String id;

    Samples(String home, String project, String id) {
        this.home = home;
        this.project = project;
        this.id = id;
    }

    public SessionId id() {
        return new SessionId(id);
    }

    public SessionFiles.Places places() {
        ClaudeHome claude = ClaudeHome.at(folder());
        return new SessionFiles.Places(claude, claude.projects().resolve(project), id());
    }

    public Path transcript() {
        return places().transcript();
    }

    /** Lays the session's files into a project's folder. */
    public void copyInto(Path otherProject) throws IOException {
        Path from = places().project();
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path to = otherProject.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(path, to);
                }
            }
        }
    }

    private Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Samples.class.getResource("/samples/" + home))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
