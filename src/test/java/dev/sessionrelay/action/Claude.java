package dev.sessionrelay.action;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;

/** Stands in for Claude Code: writes turns of a conversation where Claude Code would. */
public record Claude(Path project, String folder) {

    public static Claude in(Path configFolder, String folder) {
        return new Claude(configFolder.resolve("projects").resolve(folder.replaceAll("[^a-zA-Z0-9]", "-")), folder);
    }

    public Path transcript(String id) {
        return project.resolve(id + ".jsonl");
    }

    /** One prompt and its answer, behind what is there already. */
    public Claude turn(String id, String prompt, Instant at) throws IOException {
        Files.createDirectories(project);
        String user = UUID.randomUUID().toString();
        String common = "\"isSidechain\":false,\"timestamp\":\"" + at + "\",\"cwd\":\"" + folder + "\",\"sessionId\":\""
                + id + "\",\"version\":\"2.1.329\",\"gitBranch\":\"main\"}\n";
        String lines = "{\"parentUuid\":null,\"type\":\"user\",\"uuid\":\"" + user
                + "\",\"message\":{\"role\":\"user\",\"content\":\"" + prompt + "\"}," + common
                + "{\"parentUuid\":\"" + user + "\",\"type\":\"assistant\",\"uuid\":\"" + UUID.randomUUID()
                + "\",\"message\":{\"id\":\"msg_" + user
                + "\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[{\"type\":"
                + "\"text\",\"text\":\"done\"}],\"usage\":{\"input_tokens\":1200,\"output_tokens\":34}}," + common;
        Files.writeString(transcript(id), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return this;
    }
}
