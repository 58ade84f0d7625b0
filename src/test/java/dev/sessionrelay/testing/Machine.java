package dev.sessionrelay.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.ProjectFolder;
import dev.sessionrelay.cli.Cli;
import dev.sessionrelay.cli.CliContext;
import dev.sessionrelay.transcript.SessionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/**
 * A machine with a home, a Claude Code in it, and a working folder, on which the command line is run in this
 * process.
 */
public final class Machine {
    private final Path home;
    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private Instant now = Instant.parse("2026-11-21T10:00:00.123456Z");

    private Machine(Path home, Path folder) {
        this.home = home;
        this.folder = folder;
    }

    public static Machine at(Path root) throws IOException {
        Path real = Files.createDirectories(root).toRealPath();
        Machine machine = new Machine(
                Files.createDirectories(real.resolve("home")), Files.createDirectories(real.resolve("project")));
        return machine.with("HOME", machine.home.toString());
    }

    /** What a command printed and how it ended. */
    public record Run(int exitCode, String out, String err) {
        public JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    public Machine with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Machine without(String variable) {
        environment.remove(variable);
        return this;
    }

    public Path home() {
        return home;
    }

    public Path folder() {
        return folder;
    }

    public Path claude() {
        return home.resolve(".claude");
    }

    /** Where Claude Code keeps the sessions of the working folder. */
    public Path project() {
        return claude().resolve("projects").resolve(ProjectFolder.nameOf(folder.toString()));
    }

    public Path transcript(SessionId id) {
        return project().resolve(id + ".jsonl");
    }

    public ClaudeHome claudeHome() {
        return ClaudeHome.at(claude());
    }

    /** A conversation in the working folder that is not written yet. */
    public Conversation conversation(SessionId id) {
        return Conversation.of(id).in(folder);
    }

    public Run run(String... arguments) {
        return runIn(folder, arguments);
    }

    public Run runIn(Path workingFolder, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        now = now.plusSeconds(60);
        int exitCode = Cli.run(
                new CliContext(
                        environment, workingFolder, printing(out), printing(err), Clock.fixed(now, ZoneOffset.UTC)),
                arguments);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream printing(ByteArrayOutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
