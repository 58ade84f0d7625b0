package dev.sessionrelay.protect.redact.corpus;

import dev.sessionrelay.protect.redact.SecretReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts what redaction takes out of files that keep nothing secret: the library of a language, packages, documents.
 * Arguments are folders and files; {@code --show} prints each line that was changed, {@code --read} lets the files
 * stand in a transcript as the Read tool shows them.
 */
public final class AlarmCount {
    private static final int LARGEST = 4 << 20;

    private final boolean show;
    private final boolean read;
    private final Map<String, Long> rules = new TreeMap<>();
    private long bytes;
    private long alarms;
    private long nanos;

    private AlarmCount(boolean show, boolean read) {
        this.show = show;
        this.read = read;
    }

    public static void main(String[] arguments) throws IOException {
        List<String> roots = new ArrayList<>(List.of(arguments));
        AlarmCount count = new AlarmCount(roots.remove("--show"), roots.remove("--read"));
        for (String root : roots) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file :
                        (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                    Optional<String> text = text(file);
                    if (text.isPresent()) {
                        count.look(file, text.get());
                    }
                }
            }
        }
        System.out.printf(
                "%d alarms in %.1f MB (%.2f in 100 KB), %.1f MB/s: %s%n",
                count.alarms,
                count.bytes / 1e6,
                count.alarms * 1e5 / count.bytes,
                count.bytes * 1e3 / count.nanos,
                count.rules);
    }

    private static Optional<String> text(Path file) throws IOException {
        if (Files.size(file) > LARGEST || Files.size(file) == 0) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private void look(Path file, String text) throws IOException {
        SecretReport report = new SecretReport();
        Map<String, String> session = (read ? Place.READ_ARROW : Place.TOOL_RESULTS).session(text);
        long began = System.nanoTime();
        Map<String, String> stored = Stored.of(session, Map.of(), report);
        nanos += System.nanoTime() - began;
        bytes += text.length();
        alarms += report.count();
        report.perRule().forEach((rule, times) -> rules.merge(rule, times, Long::sum));
        if (show && !stored.equals(session)) {
            print(file, session, stored);
        }
    }

    private static void print(Path file, Map<String, String> session, Map<String, String> stored) {
        session.forEach((entry, before) -> {
            List<String> old = before.replace("\\n", "\n").lines().toList();
            List<String> now = stored.get(entry).replace("\\n", "\n").lines().toList();
            for (int i = 0, j = 0; i < old.size() && j < now.size(); i++, j++) {
                if (!old.get(i).equals(now.get(j))) {
                    System.out.println(file + ": " + start(old.get(i)) + "\n  -> " + start(now.get(j)));
                    if (old.size() != now.size()) {
                        break;
                    }
                }
            }
        });
    }

    private static String start(String line) {
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }
}
