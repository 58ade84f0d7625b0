package dev.sessionrelay.protect.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.EntryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Each word that a rule or a structure begins with, again and again, takes time in proportion to the text. */
class WorstWordsTest {
    private static final int LENGTH = Integer.getInteger("relay.worst", 1 << 15);
    private static final long ENOUGH_TO_COMPARE = 1_000_000_000L;
    private static final long MOST_PER_KB = 20_000_000L;
    private static final String[] BEHIND = {"", " ", "=", "=\"", ": ", "://a:"};

    private final Redaction redaction = new Redaction(Redaction.Mode.ON, OwnRules.NONE, Map.of(), List.of());

    @Test
    void endsInTime() throws IOException {
        List<String> late = new ArrayList<>();
        int next = 0;
        for (String word : words()) {
            String unit = word + BEHIND[next++ % BEHIND.length];
            long once = nanos(unit, LENGTH);
            if (once < ENOUGH_TO_COMPARE) {
                continue;
            }
            long twice = nanos(unit, 2 * LENGTH);
            if (once > MOST_PER_KB * LENGTH / 1000 || twice > 3 * once) {
                late.add("%s: %d ms, twice as much: %d ms".formatted(unit, once / 1_000_000, twice / 1_000_000));
            }
        }
        assertThat(late).isEmpty();
    }

    private static Set<String> words() {
        Set<String> words = new TreeSet<>();
        RuleFile.read().rules().forEach(rule -> rule.keywords().forEach(words::add));
        for (Cue cue : Cue.values()) {
            words.addAll(cue.texts());
        }
        Commands.names().forEach(words::add);
        return words;
    }

    private long nanos(String unit, int length) throws IOException {
        String text =
                unit.repeat(length / unit.length() + 1).replace("\\", "\\\\").replace("\"", "\\\"");
        byte[] line = ("{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"" + text + "\"}}\n")
                .getBytes(StandardCharsets.UTF_8);
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        redaction.of(EntryName.TRANSCRIPT, payload(line), new SecretReport());
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }

    private static Payload payload(byte[] bytes) {
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
}
