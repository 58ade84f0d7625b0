package dev.sessionrelay.testing;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/** Writes a transcript as Claude Code would, turn by turn. Each record is a second younger than the one before. */
public final class Conversation {
    private final SessionId id;
    private final StringBuilder lines = new StringBuilder();
    private String folder = "/home/dev/project";
    private String branch = "main";
    private Instant at = Instant.parse("2026-11-20T09:00:00Z");
    private int records;
    private String last = "null";

    private Conversation(SessionId id) {
        this.id = id;
    }

    public static Conversation of(SessionId id) {
        return new Conversation(id);
    }

    /** A session's id that is always the same for the same number. */
    public static SessionId id(int number) {
        return new SessionId("00000000-0000-4000-8000-%012x".formatted(number));
    }

    public Conversation in(Path newFolder) {
        return in(newFolder.toString());
    }

    public Conversation in(String newFolder) {
        folder = newFolder;
        return this;
    }

    public Conversation onBranch(String newBranch) {
        branch = newBranch;
        return this;
    }

    public Conversation at(String time) {
        at = Instant.parse(time);
        return this;
    }

    /** A prompt and its answer. */
    public Conversation turn(String prompt) {
        return asks(prompt).answers("answer to " + prompt);
    }

    public Conversation asks(String prompt) {
        return record("user", "{\"role\":\"user\",\"content\":" + quoted(prompt) + "}");
    }

    public Conversation answers(String text) {
        return record(
                "assistant",
                "{\"id\":\"msg_" + records + "\",\"role\":\"assistant\",\"model\":\"claude-opus-5-5\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":" + quoted(text) + "}],\"usage\":{\"input_tokens\":10,"
                        + "\"output_tokens\":5}}");
    }

    private Conversation record(String type, String message) {
        at = at.plusSeconds(1);
        String uuid = "\"%s-%012d\"".formatted(id.text().substring(0, 23), records++);
        lines.append("{\"parentUuid\":%s,\"isSidechain\":false,\"type\":\"%s\",\"message\":%s,\"uuid\":%s,"
                .formatted(last, type, message, uuid));
        lines.append("\"timestamp\":\"%s\",\"userType\":\"external\",\"entrypoint\":\"cli\",\"cwd\":%s,"
                .formatted(at, quoted(folder)));
        lines.append("\"sessionId\":\"%s\",\"version\":\"2.1.329\",\"gitBranch\":%s}\n".formatted(id, quoted(branch)));
        last = uuid;
        return this;
    }

    /** Any line, as it is. */
    public Conversation line(String line) {
        lines.append(line).append('\n');
        return this;
    }

    /** Anything at all, without a line break. */
    public Conversation raw(String text) {
        lines.append(text);
        return this;
    }

    public static String quoted(String text) {
        return "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    public String text() {
        return lines.toString();
    }

    public byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    public Conversation writeTo(Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, bytes());
        return this;
    }
}
