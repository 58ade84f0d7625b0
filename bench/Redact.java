import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.protect.redact.OwnRules;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.protect.redact.SecretReport;
import dev.sessionrelay.session.EntryName;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.Integer;
import java.lang.Iterable;
import java.lang.Math;
import java.lang.String;
import java.lang.StringBuilder;
import java.lang.System;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * {@code make <MB> <file> <folder of texts>} writes a transcript of conversations about the texts (seeded: the same
 * every time); {@code scan <file> <times>} prints the seconds of processor time that redacting it takes, each time.
 */
final class Redact {
    private static final String ID = "00000000-0000-4000-8000-00000000be7d";

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("make")) {
            make(Integer.parseInt(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]));
        } else {
            scan(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        }
    }

    private static void scan(Path file, int times) throws IOException {
        Redaction redaction = new Redaction(Redaction.Mode.ON, OwnRules.NONE, Map.of(), List.of());
        for (int i = 0; i < times; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            redaction.of(EntryName.TRANSCRIPT, FilePayload.of(file), new SecretReport());
            long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            System.out.printf("%.3f%n", took / 1e9);
        }
    }

    private static void make(int megabytes, Path file, Path texts) throws IOException {
        Random random = new Random(7);
        List<String> all = texts(texts);
        long written = 0;
        String parent = null;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; written < megabytes * 1_000_000L; i++) {
                String text = all.get(random.nextInt(all.size()));
                String part = quoted(text.substring(0, Math.min(text.length(), 300 << random.nextInt(7))));
                String short1 = quoted(text.substring(0, Math.min(text.length(), 900)));
                String message = switch (i % 4) {
                    case 0 -> "\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":" + short1 + "}";
                    case 1 -> "\"type\":\"assistant\",\"message\":{\"id\":\"msg_01" + id(random)
                            + "\",\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":" + short1 + "}]}";
                    case 2 -> "\"type\":\"assistant\",\"message\":{\"id\":\"msg_01" + id(random)
                            + "\",\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"toolu_01" + id(random)
                            + "\",\"name\":\"Read\",\"input\":{\"file_path\":\"/home/u/project/src/a.py\"}}]}";
                    default -> "\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"tool_use_id\":\"toolu_01"
                            + id(random) + "\",\"type\":\"tool_result\",\"content\":" + part
                            + "}]},\"toolUseResult\":{\"type\":\"text\",\"file\":{\"filePath\":\"/home/u/a.py\",\"content\":" + part
                            + "}}";
                };
                String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
                String line = "{\"parentUuid\":" + (parent == null ? "null" : "\"" + parent + "\"") + "," + message
                        + ",\"uuid\":\"" + uuid + "\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"cwd\":\"/home/u/project\","
                        + "\"sessionId\":\"" + ID + "\",\"version\":\"2.1.329\",\"gitBranch\":\"main\"}\n";
                parent = uuid;
                out.write(line);
                written += line.length();
            }
        }
    }

    private static List<String> texts(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                String name = file.toString();
                if (name.endsWith(".java") || name.endsWith(".md") || name.endsWith(".xml") || name.endsWith(".c")) {
                    texts.add(Files.readString(file));
                }
            }
        }
        return texts;
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\t' -> json.append("\\t");
                default -> json.append(c < 0x20 ? ' ' : c);
            }
        }
        return json.append('"').toString();
    }

    private static String id(Random random) {
        StringBuilder id = new StringBuilder();
        random.ints(22, 0, 58).forEach(i -> id.append((char) (i < 26 ? 'a' + i : i < 52 ? 'A' + i - 26 : '1' + i - 52)));
        return id.toString();
    }
}
