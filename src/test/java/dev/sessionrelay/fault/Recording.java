package dev.sessionrelay.fault;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A made-up session in a config folder: a transcript, a subagent and a tool's result, each of which can grow. */
record Recording(Path home, SessionId id) {
    /** The folder that claude ran in. It need not exist on the machine that runs the test. */
    static final Path FOLDER = Path.of("/srv/demo");

    private static final String PADDING = "all work and no play ".repeat(12);

    static Recording in(Path home) {
        return new Recording(home, new SessionId("00000000-0000-4000-8000-00000000fa17"));
    }

    Path project() {
        return ClaudeHome.at(home).projectOf(FOLDER);
    }

    Path transcript() {
        return project().resolve(id + ".jsonl");
    }

    Path subagent() {
        return project().resolve(id + "/subagents/agent-a1.jsonl");
    }

    Path toolResult(int number) {
        return project().resolve(id + "/tool-results/result-" + number + ".txt");
    }

    /** Adds this many records, so that the transcript has those with the numbers {@code from} to {@code to - 1}. */
    Recording grow(int from, int to) throws IOException {
        append(transcript(), lines(from, to));
        append(subagent(), lines(from / 8, to / 8));
        append(toolResult(from), PADDING + from);
        return this;
    }

    String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        for (int number = from; number < to; number++) {
            lines.append(line(number)).append('\n');
        }
        return lines.toString();
    }

    String line(int number) {
        String type = number % 2 == 0 ? "user" : "assistant";
        return """
                {"parentUuid":%s,"isSidechain":false,"type":"%s","message":{"role":"%2$s","content":"%s %d"},"uuid":"%s",\
                "timestamp":"2026-11-20T09:00:00.000Z","cwd":"%s","sessionId":"%s","version":"2.1.329"}""".formatted(
                number == 0 ? "null" : "\"" + uuid(number - 1) + "\"", type, PADDING, number, uuid(number), FOLDER, id);
    }

    private static String uuid(int number) {
        return "10000000-0000-4000-8000-%012d".formatted(number);
    }

    private static void append(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
