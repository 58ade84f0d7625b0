package dev.sessionrelay.agent.claude;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Fuzz;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we let travel, JavaScript reads as we do: whatever somebody writes into a store, no line of what is made of it
 * acts by {@code JSON.parse(line.trim())}, which is how Claude Code reads. {@code -Drelay.fuzz.lines=1000000} goes
 * further.
 */
@Needs(Tool.NODE)
class TravellingAgainstNodeIT {
    private static final int TRIES = Integer.getInteger("relay.fuzz.lines", 40_000);
    private static final int AT_ONCE = 40;
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private static final List<String> SEEDS = List.of(
            "{\"type\":\"worktree-state\",\"worktreeSession\":{\"worktreePath\":\"/x\"},\"sessionId\":\"s\"}\n",
            "{\"type\":\"permission-mode\",\"permissionMode\":\"bypassPermissions\",\"sessionId\":\"s\"}\n",
            "{\"sessionId\":\"s\",\"type\":\"relocated\",\"relocatedCwd\":\"/x\"}\n",
            "{\"type\":\"of-the-future\"}\n",
            "{\"parentUuid\":\"u\",\"type\":\"attachment\",\"uuid\":\"v\",\"attachment\":{\"type\":\"hook_deferred_tool\",\"toolInput\":{\"command\":\"x\"}}}\n",
            "{\"attachment\":{\"tasks\":[],\"type\":\"session_cron_carry\"},\"type\":\"attachment\",\"uuid\":\"w\",\"parentUuid\":\"v\"}\n",
            "{\"type\":\"attachment\",\"attachment\":{\"type\":\"prompt_snapshot\",\"systemPrompt\":[\"x\"]},\"uuid\":\"p\"}\n",
            "{\"type\":\"attachment\",\"attachment\":{\"type\":\"file\"},\"rendered\":[{\"content\":\"x\"}],\"renderedRole\":\"system\"}\n",
            "{\"type\":\"attachment\",\"attachment\":{\"type\":\"file\",\"a\":[1,-2.5e3,null,true]},\"renderedRole\":\"user\"}\n",
            "{\"type\":\"system\",\"subtype\":\"informational\",\"content\":\"x\"}\n",
            "{\"type\":\"system\",\"subtype\":\"of_the_future\"}\n",
            "{\"parentUuid\":\"v\",\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"a \\\"worktree-state\\\" \\u00e9 é\"},\"uuid\":\"u\"}\n",
            "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"\\ud83d\"}]},\"parentUuid\":\"p\"}\n",
            "{\"type\":\"last-prompt\",\"leafUuid\":\"w\"}\n");

    private static final List<byte[]> PIECES = Stream.of(
                    "\u00a0",
                    "\ufeff",
                    "\u2028",
                    "\u2029",
                    "\u000b",
                    "\f",
                    "\u3000",
                    "\u0085",
                    "\0",
                    "\r",
                    "\n",
                    "\t",
                    " ",
                    "\"",
                    "\\",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\\u0074",
                    "\\u002d",
                    "\\u005f",
                    "\\/",
                    "\\ud800",
                    "é",
                    "😀",
                    "//",
                    "/**/",
                    "NaN",
                    "-",
                    "0",
                    "1e5",
                    "null",
                    "\"type\":",
                    "\"type\":\"worktree-state\"",
                    "\"type\":\"user\"",
                    "\"attachment\":",
                    "{\"type\":\"hook_deferred_tool\"}",
                    "\"__proto__\":{\"type\":\"worktree-state\"},",
                    "\"constructor\":1,",
                    "{\"type\":\"worktree-state\"}",
                    "{\"type\":\"user\"}",
                    "\"renderedRole\":\"system\"")
            .map(piece -> piece.getBytes(UTF_8))
            .toList();

    @TempDir
    private Path temp;

    private static final class Pair {
        private final byte[] stored;
        private final byte[] made;

        Pair(byte[] stored, byte[] made) {
            this.stored = stored;
            this.made = made;
        }

        byte[] stored() {
            return stored;
        }

        byte[] made() {
            return made;
        }
    }

    @Test
    void nothingActsThatIsHarmlessToUs() throws Exception {
        Path judge = temp.resolve("judge.mjs");
        try (InputStream in =
                Objects.requireNonNull(TravellingAgainstNodeIT.class.getResourceAsStream("/records/judge.mjs"))) {
            Files.copy(in, judge);
        }
        Process node = new ProcessBuilder("node", judge.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long[] told = new long[4];
        try (var to = new DataOutputStream(new BufferedOutputStream(node.getOutputStream(), 1 << 20));
                var from = new DataInputStream(new BufferedInputStream(node.getInputStream()))) {
            for (long seed = 1; seed <= TRIES / AT_ONCE; seed++) {
                Pair pair = pair(seed);
                to.writeInt(pair.stored().length);
                to.writeInt(pair.made().length);
                to.write(pair.stored());
                to.write(pair.made());
                to.flush();
                int[] verdict = {from.readInt(), from.readInt(), from.readInt(), from.readInt()};
                assertThat(verdict[3])
                        .as("seed %d%nstored%n%s%nmade%n%s", seed, text(pair.stored()), text(pair.made()))
                        .isZero();
                Arrays.setAll(told, i -> told[i] + verdict[i]);
            }
        } finally {
            node.destroy();
        }
        System.out.printf(
                "%d mutated inputs: JavaScript finds %d records in them, %d of which would act or steer; we let %d lines"
                        + " travel, %d of which would%n",
                TRIES, told[0], told[1], told[2], told[3]);
        assertThat(told[1]).isGreaterThan(TRIES / 3);
        assertThat(told[2]).isGreaterThan(TRIES / 4);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static Pair pair(long seed) {
        RandomGenerator random = GENERATORS.create(seed);
        ByteArrayOutputStream inputs = new ByteArrayOutputStream();
        for (int i = 0; i < AT_ONCE; i++) {
            StringBuilder text = new StringBuilder();
            for (int lines = random.nextInt(1, 4); lines > 0; lines--) {
                text.append(SEEDS.get(random.nextInt(SEEDS.size())));
            }
            inputs.writeBytes(Fuzz.mutated(text.toString().getBytes(UTF_8), PIECES, random));
            inputs.write('\n');
        }
        byte[] stored = inputs.toByteArray();
        try {
            BytesPayload payload = BytesPayload.of(stored);
            byte[] made = BytesPayload.read(
                    Travelling.of(payload, Travelling.Unknown.LEFT_OUT).records());
            return new Pair(stored, made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
