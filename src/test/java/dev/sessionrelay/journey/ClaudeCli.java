package dev.sessionrelay.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real Claude Code CLI of one version, talking to a {@link ModelServer}. */
record ClaudeCli(String version, ModelServer model) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Knows nothing yet of records that name the end of a conversation. */
    private static final String OLD = "2.0.70";

    /**
     * Those that every build tries, or {@code -Drelay.cli.versions="2.0.70 2.1.260"}, or the same in
     * {@code RELAY_CLI_VERSIONS}.
     */
    static List<String> versions() {
        String standard = System.getenv().getOrDefault("RELAY_CLI_VERSIONS", "2.1.332 2.1.197 2.1.100");
        String asked = System.getProperty("relay.cli.versions", standard);
        return Pattern.compile("[ ,]+").splitAsStream(asked.strip()).toList();
    }

    /** The same, and a much older one where it is installed. */
    static List<String> versionsOldAndNew() {
        Stream<String> old = Tool.claudeCommands().stream().map(Tool::versionOf).filter(OLD::equals);
        return Stream.concat(versions().stream(), old).distinct().toList();
    }

    /** Whether this version can be started in such a folder, and names its own folder after it as today. */
    static boolean worksIn(String folder, String version) {
        if (folder.startsWith("long/")) {
            return since("2.1.100", version);
        }
        // 2.1.100 composes the name of its folder, does not find it, and ends without a word.
        boolean decomposed = !Normalizer.isNormalized(folder, Normalizer.Form.NFC);
        return !decomposed || !since("2.1.100", version) || since("2.1.197", version);
    }

    ClaudeCli {
        assertThat(executable(version))
                .as("npm install --prefix target/claude-cli/%1$s @anthropic-ai/claude-code@%1$s", version)
                .exists();
    }

    /** Before that, a large output was cut and the rest lost. */
    boolean keepsLargeOutputs() {
        return since("2.1.20");
    }

    /** 2.1.20 drops one of two parallel tool calls when it resumes, on the same machine too. */
    boolean forgetsParallelTools() {
        return since("2.1.20") && !since("2.1.100");
    }

    boolean continuesSubagents() {
        return since("2.1.197");
    }

    /** Before that, a record whose parent is missing is taken for the beginning. */
    boolean bridgesGaps() {
        return since("2.1.100");
    }

    /** Since 2.1.197 it takes records in the order of the file. */
    boolean sortsRecords() {
        return !since("2.1.197");
    }

    /** Before that, a thought that the API refuses ends it. */
    boolean doesWithoutThoughts() {
        return since("2.1.197");
    }

    /** Before that, a message without a time is none. */
    boolean doesWithoutTimes() {
        return since("2.1.332");
    }

    /** 2.1.197 tells the model attached files as the system, whatever the record says. */
    boolean heedsRoles() {
        return since("2.1.329") || !since("2.1.197");
    }

    boolean findsFromAnywhere() {
        return since("2.1.223");
    }

    /** Starts a session; the answer is the new session's id. */
    String begin(Machine machine, String prompt) throws IOException, InterruptedException {
        return ask(machine, List.of(), prompt);
    }

    /** Goes on with a session, as the user would with the command that we print. */
    void resume(Machine machine, String sessionId, String prompt) throws IOException, InterruptedException {
        assertThat(ask(machine, List.of("--resume", sessionId), prompt))
                .as("the session that claude %s went on with", version)
                .isEqualTo(sessionId);
    }

    private String ask(Machine machine, List<String> options, String prompt) throws IOException, InterruptedException {
        Program.Ended ended = attempt(machine, options, prompt);
        assertThat(ended.exit())
                .as("claude %s in %s: %s", version, machine.work(), ended.told())
                .isZero();
        return Json.parse(ended.stdout()).path("session_id").asText();
    }

    /** For what may end badly. */
    Program.Ended attempt(Machine machine, List<String> options, String prompt)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(executable(version).toString(), "--dangerously-skip-permissions"));
        command.addAll(options);
        command.addAll(List.of("-p", prompt, "--output-format", "json"));
        return new Program(command, machine.work(), environment(machine.home())).run(LIMIT);
    }

    private boolean since(String first) {
        return since(first, version);
    }

    private static boolean since(String first, String version) {
        return Version.parse(version).compareTo(Version.parse(first)) >= 0;
    }

    static Path executable(String version) {
        return Path.of("target/claude-cli", version, "node_modules/.bin/claude").toAbsolutePath();
    }

    Map<String, String> environment(Path home) {
        var environment = new HashMap<>(Map.of(
                "PATH", System.getenv("PATH"),
                "HOME", home.toString(),
                "ANTHROPIC_BASE_URL", model.url(),
                "ANTHROPIC_API_KEY", "sk-ant-not-a-key",
                "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1",
                "DISABLE_TELEMETRY", "1",
                "DISABLE_AUTOUPDATER", "1",
                "DISABLE_ERROR_REPORTING", "1"));
        // Without this the CLI refuses to skip permissions for root, which is who runs tests in a container.
        environment.put("IS_SANDBOX", "1");
        return environment;
    }
}
