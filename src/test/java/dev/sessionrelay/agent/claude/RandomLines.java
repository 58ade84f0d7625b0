package dev.sessionrelay.agent.claude;

import dev.sessionrelay.testing.Conversation;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random transcripts, for what must hold for all of them. */
public final class RandomLines {
    private static final List<String> TYPES = List.of(
            "user",
            "assistant",
            "attachment",
            "system",
            "last-prompt",
            "mode",
            "worktree-state",
            "api-request",
            "api-request-blob",
            "api-request-shape",
            "of-the-future");
    private static final List<String> JUNK = List.of(
            "junk", "", "   ", "[1,2]", "}", "\"text\"", "42", "\0\0\0", "{\"type\":\"user\",\"cut", "{", "{\"a\":[1");

    private RandomLines() {}

    /** What Claude Code writes: one whole record a line. */
    static String written(RandomGenerator random) {
        StringBuilder lines = new StringBuilder();
        for (int left = random.nextInt(1, 6); left > 0; left--) {
            lines.append(record(random)).append('\n');
        }
        return lines.toString();
    }

    /** With all the damage that there is. */
    public static String damaged(RandomGenerator random) {
        StringBuilder lines = new StringBuilder(random.nextInt(6) == 0 ? "\uFEFF" : "");
        for (int left = random.nextInt(1, 14); left > 0; left--) {
            switch (random.nextInt(8)) {
                case 0 -> lines.append(JUNK.get(random.nextInt(JUNK.size()))).append('\n');
                case 1 -> lines.append(pretty(random)).append('\n');
                case 2 -> lines.append(record(random)).append("\r\n");
                case 3 -> lines.append(record(random)); // and the next one is glued to it
                default -> lines.append(record(random)).append('\n');
            }
        }
        return lines.toString();
    }

    static String record(RandomGenerator random) {
        String type = "\"type\":\"" + TYPES.get(random.nextInt(TYPES.size())) + "\"";
        String message = "\"message\":{\"role\":\"user\",\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":"
                + Conversation.quoted(text(random)) + "}]}";
        String rest = "\"isSidechain\":" + random.nextBoolean() + ",\"timestamp\":\"2026-11-20T09:00:00Z\",\"cwd\":"
                + Conversation.quoted("/home/" + text(random)) + ",\"n\":[1,{\"type\":2},null,-3.5e7]";
        return switch (random.nextInt(3)) {
            case 0 -> "{" + type + "," + message + "," + rest + "}";
            case 1 -> "{" + rest + "," + message + "," + type + "}";
            default -> "{" + message + "," + type + "," + rest + "}";
        };
    }

    private static String pretty(RandomGenerator random) {
        return "{\n  \"type\": \"" + TYPES.get(random.nextInt(TYPES.size()))
                + "\",\n  \"message\": {\n    \"content\": " + Conversation.quoted(text(random))
                + "\n  },\n  \"list\": [\n    1,\n    2\n  ]\n}";
    }

    private static String text(RandomGenerator random) {
        String letters = "ab {}[]\":,\\\n\t\u00e9\u6f22\uD83D\uDE00\0";
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(20); left > 0; left--) {
            int at = random.nextInt(letters.length());
            text.append(Character.isSurrogate(letters.charAt(at)) ? "\uD83D\uDE00" : letters.substring(at, at + 1));
        }
        return text.toString();
    }
}
