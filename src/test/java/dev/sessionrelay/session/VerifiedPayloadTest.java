package dev.sessionrelay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.testing.BytesPayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedPayloadTest {
    private static final EntryName NAME = new EntryName("tool-results/a.txt");

    /** Brings one thing to the first reading and another to all later ones, as a store does that somebody writes to. */
    private static final class Exchanged implements Payload {
        private final byte[] first;
        private final byte[] later;
        private boolean read;

        Exchanged(byte[] first, byte[] later) {
            this.first = first;
            this.later = later;
        }

        @Override
        public long size() {
            return first.length;
        }

        @Override
        public InputStream open(long from) {
            byte[] now = read ? later : first;
            read = true;
            return BytesPayload.of(now).inChunksOf(1000).open(from);
        }
    }

    private static Payload verified(Payload payload, byte[] promised) throws IOException {
        Digest digest = Digest.of(promised);
        List<Segment> segments = promised.length == 0 ? List.of() : List.of(new Segment(promised.length, digest));
        return Verification.verify(payload, new Entry(NAME, promised.length, digest, segments), "the-ref");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, (1 << 18) - 1, 1 << 18, (1 << 18) + 1, 1 << 20, (1 << 20) + 12_345})
    void bringsTheSameBytesFromAnywhere(int size) throws IOException {
        Random random = new Random(size);
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        Payload payload = verified(BytesPayload.of(bytes).inChunksOf(777), bytes);

        assertThat(payload.size()).isEqualTo(size);
        for (int from : new int[] {0, size / 3, Math.max(0, size - 1), size, size + 5}) {
            assertThat(BytesPayload.read(payload, from))
                    .as("from %d", from)
                    .isEqualTo(Arrays.copyOfRange(bytes, Math.min(from, size), size));
        }
    }

    @Test
    void handsOutNoneOfTheBytesThatWereExchangedSince() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            byte[] bytes = new byte[1 + random.nextInt(900_000)];
            random.nextBytes(bytes);
            byte[] other = bytes.clone();
            int changed = random.nextInt(bytes.length);
            other[changed] ^= 1;
            Payload payload = verified(new Exchanged(bytes, other), bytes);
            int from = random.nextInt(changed + 1);
            ByteArrayOutputStream handedOut = new ByteArrayOutputStream();
            assertThatThrownBy(() -> payload.open(from).transferTo(handedOut))
                    .as("seed %d", seed)
                    .hasMessageContaining("tool-results/a.txt of the-ref was changed while it was read")
                    .extracting(failure -> ((Failure) failure).exitCode())
                    .isEqualTo(ExitCode.DAMAGED);
            assertThat(handedOut.toByteArray())
                    .as("seed %d", seed)
                    .isEqualTo(Arrays.copyOfRange(bytes, from, from + handedOut.size()));
            assertThat(from + handedOut.size()).as("seed %d", seed).isLessThanOrEqualTo(changed);
        }
    }

    @Test
    void refusesWhatWasCutOffSinceAndPassesOverWhatWasPutBehind() throws IOException {
        byte[] bytes = new byte[600_000];
        Arrays.fill(bytes, (byte) 'a');
        Payload shorter = verified(new Exchanged(bytes, Arrays.copyOf(bytes, 599_999)), bytes);
        Payload longer = verified(new Exchanged(bytes, Arrays.copyOf(bytes, 700_000)), bytes);

        assertThatThrownBy(() -> BytesPayload.read(shorter)).isInstanceOf(Failure.class);
        assertThat(BytesPayload.read(longer)).isEqualTo(bytes);
    }
}
