import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.lang.Character;
import java.lang.Long;
import java.lang.Math;
import java.lang.String;
import java.lang.StringBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.UUID;

/**
 * Writes a made-up transcript of about the given size: the same bytes for the same seed.
 *
 * <p>Each turn has a prompt, what Claude Code logs of its request, a thought, a tool call, its 8 KB result (twice, as
 * Claude Code keeps it) and an answer. Where the file exists the turns are put behind what it holds, and go on with it.
 *
 * <p>usage: java MakeSession.java &lt;file named by the session's id&gt; &lt;bytes&gt; &lt;seed&gt; &lt;folder that claude ran in&gt;
 */
final class MakeSession {
    private static final String[] WORDS = """
            the file reads parser and writes when segment test fails return value of session to folder with new line
            for each record in store public static final void import if else digest length offset manifest key run
            """.split("\\s+");

    private static final String UUID_FIELD = "\"uuid\":";
    private static final int LONGEST_END = 1 << 16;

    private final PrintStream out;
    private final Random random;
    private final String id;
    private final String folder;
    private final long most;
    private long written;
    private String parent;

    private MakeSession(PrintStream out, String id, String parent, long most, long seed, String folder) {
        this.out = out;
        this.parent = parent;
        this.random = new Random(seed);
        this.id = id;
        this.most = most;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        String id = file.getFileName().toString().replace(".jsonl", "");
        String parent = lastRecordOf(file);
        try (PrintStream out = new PrintStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), false, "UTF-8")) {
            new MakeSession(out, id, parent, Long.parseLong(arguments[1]), Long.parseLong(arguments[2]), arguments[3]).run();
        }
    }

    private static String lastRecordOf(Path file) throws IOException {
        if (Files.notExists(file)) {
            return "null";
        }
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(in.length(), LONGEST_END)];
            in.seek(in.length() - end.length);
            in.readFully(end);
            String text = new String(end, StandardCharsets.UTF_8);
            int uuid = text.lastIndexOf(UUID_FIELD) + UUID_FIELD.length();
            return text.substring(uuid, text.indexOf('"', uuid + 1) + 1);
        }
    }

    private void run() {
        for (int turn = 0; written < most; turn++) {
            turn(turn);
        }
    }

    private void turn(int turn) {
        String call = "toolu_" + hex(24);
        record("user", "{\"role\":\"user\",\"content\":\"" + words(60) + "\"}", "");
        line("{\"type\":\"api-request-blob\",\"sessionId\":\"" + id + "\",\"hash\":\"" + hex(64) + "\",\"content\":\""
                + words(turn == 0 ? 51_000 : 600) + "\"}");
        answer(turn, "{\"type\":\"thinking\",\"thinking\":\"" + words(2400) + "\",\"signature\":\"" + hex(1200) + "\"}");
        answer(turn, "{\"type\":\"tool_use\",\"id\":\"" + call + "\",\"name\":\"Read\",\"input\":{\"file_path\":\"" + folder
                + "/src/" + hex(6) + ".java\"}}");
        String content = code(8 << 10);
        record(
                "user",
                "{\"role\":\"user\",\"content\":[{\"tool_use_id\":\"" + call + "\",\"type\":\"tool_result\",\"content\":\""
                        + content + "\"}]}",
                ",\"toolUseResult\":{\"type\":\"text\",\"file\":{\"filePath\":\"" + folder + "\",\"content\":\"" + content
                        + "\"}}");
        answer(turn, "{\"type\":\"text\",\"text\":\"" + words(900) + "\"}");
    }

    private void answer(int turn, String block) {
        record(
                "assistant",
                "{\"id\":\"msg_" + turn + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-opus-5-5\","
                        + "\"content\":[" + block + "],\"stop_reason\":null,\"usage\":{\"input_tokens\":1200,"
                        + "\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":52000,\"output_tokens\":400}}",
                "");
    }

    private void record(String type, String message, String more) {
        String uuid = "\"" + new UUID(random.nextLong(), random.nextLong()) + "\"";
        line("{\"parentUuid\":" + parent + ",\"isSidechain\":false,\"type\":\"" + type + "\",\"message\":" + message
                + more + ",\"uuid\":" + uuid + ",\"timestamp\":\"2026-11-20T09:00:07.000Z\",\"userType\":\"external\","
                + "\"entrypoint\":\"cli\",\"cwd\":\"" + folder + "\",\"sessionId\":\"" + id
                + "\",\"version\":\"2.1.329\",\"gitBranch\":\"main\"}");
        parent = uuid;
    }

    private void line(String line) {
        out.print(line);
        out.print('\n');
        written += line.length() + 1;
    }

    private String words(int length) {
        StringBuilder text = new StringBuilder(length + 16);
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(12) == 0 ? ". " : " ");
        }
        return text.toString();
    }

    /** As a tool shows a file: numbered lines, with the quotes and breaks escaped. */
    private String code(int length) {
        StringBuilder text = new StringBuilder(length + 128);
        for (int number = 1; text.length() < length; number++) {
            text.append(number).append("\\t    ").append(words(40)).append("(\\\"").append(hex(8)).append("\\\");\\n");
        }
        return text.toString();
    }

    private String hex(int digits) {
        StringBuilder text = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }
}
