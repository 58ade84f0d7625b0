package dev.sessionrelay.transcript.merge;

import dev.sessionrelay.io.Payload;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A transcript as Claude Code would write it, made up line by line, and continued on several machines. */
public final class Story {
    private final Random random;
    private final boolean named;
    private final List<String> lines;
    private final List<String> prompts;
    private String end;
    private long clock;

    private Story(Random random, boolean named, List<String> lines, List<String> prompts, String end, long clock) {
        this.random = random;
        this.named = named;
        this.lines = new ArrayList<>(lines);
        this.prompts = new ArrayList<>(prompts);
        this.end = end;
        this.clock = clock;
    }

    /** @param named whether its Claude Code notes where the conversation ends, as those from 2.1.197 on do */
    public static Story begin(Random random, boolean named) {
        return new Story(
                random,
                named,
                List.of(),
                List.of(),
                null,
                Instant.parse("2026-01-01T10:00:00Z").toEpochMilli());
    }

    /** The same session on another machine, whose next word is said some time later. */
    public Story copy(long later) {
        return new Story(random, named, lines, prompts, end, clock + later);
    }

    /** The same session as another machine got it. */
    static Story of(Random random, boolean named, Payload payload, List<String> prompts) throws java.io.IOException {
        List<String> lines = text(payload).lines().toList();
        String end = lines.reversed().stream()
                .filter(line -> line.contains("\"parentUuid\":") && line.contains("\"isSidechain\":false"))
                .findFirst()
                .map(line -> value(line, "uuid"))
                .orElseThrow();
        long clock = lines.stream()
                .filter(line -> line.contains("\"timestamp\""))
                .mapToLong(line -> Instant.parse(value(line, "timestamp")).toEpochMilli())
                .max()
                .orElseThrow();
        return new Story(random, named, lines, prompts, end, clock);
    }

    public Story turns(int count) {
        for (int i = 0; i < count; i++) {
            turn();
        }
        return this;
    }

    public Story turn() {
        state("{\"type\":\"queue-operation\",\"operation\":\"enqueue\",\"timestamp\":\"" + now() + "\"}");
        prompt();
        context();
        int tools = random.nextInt(3);
        for (int i = 0; i < tools; i++) {
            String call = call();
            if (random.nextInt(4) == 0) {
                sidechain();
            }
            context();
            result(call);
        }
        answer();
        context();
        note();
        return this;
    }

    public String prompt() {
        String name = "prompt-" + id();
        prompts.add(name);
        chain("user", "\"message\":{\"role\":\"user\",\"content\":\"" + name + "\"}");
        return name;
    }

    String call() {
        String call = "toolu_" + id();
        chain(
                "assistant",
                "\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"" + call
                        + "\",\"name\":\"Bash\",\"input\":{\"type\":\"tool_result\"}}]}");
        return call;
    }

    Story result(String call) {
        chain(
                "user",
                "\"message\":{\"role\":\"user\",\"content\":[{\"tool_use_id\":\"" + call
                        + "\",\"type\":\"tool_result\",\"content\":\"ok\"}]},\"toolUseResult\":{}");
        return this;
    }

    Story answer() {
        chain(
                "assistant",
                "\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"\\\"parentUuid\\\":\\\"x\\\"\"}]}");
        return this;
    }

    /** As after {@code /compact}: a new chain, with what was before in a summary. */
    public Story compact() {
        String before = end;
        end = null;
        chain("system", "\"subtype\":\"compact_boundary\",\"logicalParentUuid\":\"" + before + "\"");
        chain(
                "user",
                "\"isCompactSummary\":true,\"message\":{\"role\":\"user\",\"content\":\"summary of "
                        + String.join(" ", prompts) + "\"}");
        note();
        return this;
    }

    /** The user goes back and takes another way. */
    Story rewindTo(String uuid) {
        end = uuid;
        return this;
    }

    String end() {
        return end;
    }

    Story state(String line) {
        lines.add(line);
        return this;
    }

    /** What is written at a turn's end. */
    Story note() {
        if (named) {
            state("{\"type\":\"last-prompt\",\"lastPrompt\":\"…\",\"leafUuid\":\"" + end + "\"}");
        }
        if (random.nextBoolean()) {
            state("{\"type\":\"mode\",\"mode\":\"normal\"}");
        }
        return this;
    }

    private void context() {
        if (random.nextInt(3) == 0) {
            chain(random.nextBoolean() ? "attachment" : "system", "\"attachment\":{}");
        }
        if (random.nextInt(6) == 0) {
            // Some versions write progress into the chain and go on behind it, some beside it.
            String before = end;
            chain("progress", "\"data\":{}");
            end = random.nextBoolean() ? end : before;
        }
    }

    private void sidechain() {
        String before = end;
        end = null;
        for (int i = 0; i < 2; i++) {
            add("user", true, "\"message\":{\"role\":\"user\",\"content\":\"subagent\"}");
        }
        end = before;
    }

    private void chain(String type, String rest) {
        add(type, false, rest);
    }

    private void add(String type, boolean sidechain, String rest) {
        String uuid = id();
        String parent = end == null ? "null" : "\"" + end + "\"";
        lines.add("{\"parentUuid\":" + parent + ",\"isSidechain\":" + sidechain + ",\"type\":\"" + type + "\"," + rest
                + ",\"uuid\":\"" + uuid + "\",\"timestamp\":\"" + now() + "\"}");
        end = uuid;
    }

    private String id() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String now() {
        clock += 1 + random.nextInt(5000);
        return Instant.ofEpochMilli(clock).toString();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    public List<String> prompts() {
        return List.copyOf(prompts);
    }

    public Payload payload() {
        return payload(String.join("", lines.stream().map(line -> line + "\n").toList()));
    }

    public static Payload payload(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Payload() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open(long from) {
                return new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from);
            }
        };
    }

    public static String text(Payload payload) throws java.io.IOException {
        try (InputStream in = payload.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String value(String line, String field) {
        int from = line.lastIndexOf("\"" + field + "\":\"") + field.length() + 4;
        return line.substring(from, line.indexOf('"', from));
    }
}
