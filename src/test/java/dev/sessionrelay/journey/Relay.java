package dev.sessionrelay.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Our program as a user starts it: the launcher, in a folder, with a home and little else. */
record Relay(Machine machine, String store) {
    private static final Path LAUNCHER = Path.of(System.getProperty("relay.launcher", "session-relay"));
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What {@code --json} told. */
    record Answer(JsonNode json) {
        String outcome() {
            return json.path("outcome").asText();
        }

        String text(String field) {
            return json.path(field).asText();
        }

        long bytes() {
            return json.path("bytes").asLong(-1);
        }

        long bytesWritten() {
            return json.path("bytes_written").asLong(-1);
        }
    }

    Answer save(String... arguments) throws IOException, InterruptedException {
        return ask("save", arguments);
    }

    /** A ref names its store itself. */
    Answer restoreRef(String ref) throws IOException, InterruptedException {
        return answer(List.of("restore", ref, "--json"));
    }

    Answer restore(String... arguments) throws IOException, InterruptedException {
        return ask("restore", arguments);
    }

    /** Restores without {@code --json}; the last line is for the user to run. */
    String restoreAndPrint(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("restore", "--store", store));
        command.addAll(List.of(arguments));
        return succeed(command).stdout().lines().toList().getLast();
    }

    Program.Ended find() throws IOException, InterruptedException {
        return run(List.of("find"));
    }

    /** For what may end badly: whatever it told. */
    Program.Ended attempt(String verb, String... arguments) throws IOException, InterruptedException {
        return run(asking(verb, arguments));
    }

    private Answer ask(String verb, String... arguments) throws IOException, InterruptedException {
        return answer(asking(verb, arguments));
    }

    private List<String> asking(String verb, String... arguments) {
        var command = new ArrayList<>(List.of(verb, "--store", store, "--json"));
        command.addAll(List.of(arguments));
        return command;
    }

    private Answer answer(List<String> command) throws IOException, InterruptedException {
        Program.Ended ended = succeed(command);
        JsonNode json = Json.parse(ended.stdout());
        assertThat(json.path("success").asBoolean()).as(ended.told()).isTrue();
        return new Answer(json);
    }

    private Program.Ended succeed(List<String> arguments) throws IOException, InterruptedException {
        Program.Ended ended = run(arguments);
        assertThat(ended.exit())
                .as("session-relay %s in %s: %s", arguments, machine.work(), ended.told())
                .isZero();
        return ended;
    }

    private Program.Ended run(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(LAUNCHER.toAbsolutePath().toString()));
        command.addAll(arguments);
        // No locale, as in many containers and services: folder names must not depend on it.
        Map<String, String> environment =
                Map.of("PATH", System.getenv("PATH"), "HOME", machine.home().toString());
        return new Program(command, machine.work(), environment).run(LIMIT);
    }
}
