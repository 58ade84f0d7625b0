package dev.sessionrelay.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.testing.BytesPayload;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTest {
    private static final EntryName NAME = EntryName.TRANSCRIPT;

    @Test
    void cutsNothingIntoNothing() throws IOException {
        Segmenter.Cut cut = cut(new byte[0], Optional.empty());

        assertThat(cut.entry().segments()).isEmpty();
        assertThat(cut.entry().digest()).isEqualTo(Digest.of(new byte[0]));
        assertThat(cut.extendsBase()).isFalse();
    }

    @Test
    void leavesASmallFileInOnePiece() throws IOException {
        assertThat(cut(lines(1000), Optional.empty()).entry().segments()).hasSize(1);
    }

    @Test
    void cutsALargeOneAtTheEndsOfItsLines() throws IOException {
        byte[] large = lines(Segmenter.SEALED * 5 / 2);
        Entry entry = cut(large, Optional.empty()).entry();

        assertThat(entry.segments()).hasSize(3);
        requireRight(entry, large);
        long end = 0;
        for (Segment segment : entry.segments()) {
            end += segment.size();
            assertThat(large[(int) end - 1]).isEqualTo((byte) '\n');
        }
    }

    @Test
    void cutsALineThatIsTooLongForAnyHost() throws IOException {
        byte[] line = new byte[Segmenter.LONGEST + 10];
        Arrays.fill(line, (byte) 'x');
        Entry entry = cut(line, Optional.empty()).entry();

        assertThat(entry.segments()).extracting(Segment::size).containsExactly((long) Segmenter.LONGEST, 10L);
        requireRight(entry, line);
    }

    @Test
    void keepsTheSegmentsOfWhatHasGrown() throws IOException {
        byte[] grown = lines(Segmenter.SEALED * 2 - 1_000_000);
        Entry before = cut(Arrays.copyOf(grown, grown.length - 100_000), Optional.empty())
                .entry();
        Segmenter.Cut after = cut(grown, Optional.of(before));

        assertThat(after.extendsBase()).isTrue();
        assertThat(after.entry().segments().subList(0, before.segments().size()))
                .isEqualTo(before.segments());
        requireRight(after.entry(), grown);
    }

    @Test
    void knowsWhetherItBeginsWithTheBase() throws IOException {
        byte[] bytes = lines(2000);
        Entry whole = cut(bytes, Optional.empty()).entry();
        byte[] changed = bytes.clone();
        changed[500]++;

        assertThat(cut(bytes, Optional.of(whole)).extendsBase()).isTrue();
        assertThat(cut(Arrays.copyOf(bytes, 1999), Optional.of(whole)).extendsBase())
                .isFalse();
        assertThat(cut(Arrays.copyOf(bytes, 3000), Optional.of(whole)).extendsBase())
                .isTrue();
        assertThat(cut(changed, Optional.of(whole)).extendsBase()).isFalse();
        assertThat(cut(Arrays.copyOf(changed, 3000), Optional.of(whole)).extendsBase())
                .isFalse();
        assertThat(cut(new byte[0], Optional.of(whole)).extendsBase()).isFalse();
    }

    @Test
    void takesAnyFileForAContinuationOfNothing() throws IOException {
        Entry nothing = cut(new byte[0], Optional.empty()).entry();

        assertThat(cut(new byte[0], Optional.of(nothing)).extendsBase()).isTrue();
        assertThat(cut(lines(100), Optional.of(nothing)).extendsBase()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void isRightForAnyHistoryOfChanges(long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] bytes = new byte[0];
        Optional<Entry> base = Optional.empty();
        for (int save = 0; save < 15; save++) {
            byte[] before = bytes;
            switch (random.nextInt(12)) {
                case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                case 1 -> {
                    bytes = bytes.clone();
                    if (bytes.length > 0) {
                        bytes[random.nextInt(bytes.length)]++;
                    }
                }
                case 2 -> {} // saved again
                case 3 -> bytes = grown(bytes, random.nextInt(1, Segmenter.SEALED), random);
                default -> bytes = grown(bytes, random.nextInt(1, 5000), random);
            }
            Segmenter.Cut cut =
                    Segmenter.cut(NAME, BytesPayload.of(bytes).inChunksOf(1 + random.nextInt(200_000)), base);
            int mismatch = Arrays.mismatch(before, bytes);
            boolean extended = base.isPresent() && (mismatch < 0 || mismatch == before.length);

            assertThat(cut.extendsBase()).as("seed %d, save %d", seed, save).isEqualTo(extended);
            requireRight(cut.entry(), bytes);
            base = Optional.of(cut.entry());
        }
    }

    /** A session that is saved after each of its turns: few segments, and little is sent more than once. */
    @ParameterizedTest
    @CsvSource({"300, 500", "2_000, 250", "60_000, 75"})
    void staysInFewSegmentsAndSendsLittleAgainInManySmallSaves(String atOnce, int saves) throws IOException {
        int more = Integer.parseInt(atOnce.replace("_", ""));
        byte[] all = lines(more * saves);
        long sent = sent(all, IntStream.rangeClosed(1, saves).map(save -> save * more));

        assertThat(sent).isLessThanOrEqualTo(all.length * 6L);
    }

    @Test
    void sendsLittleAgainOfALargeBeginning() throws IOException {
        byte[] all = lines(1_000_000);

        assertThat(sent(all, IntStream.rangeClosed(0, 40).map(save -> 800_000 + save * 5_000)))
                .isLessThanOrEqualTo(all.length + 200_000 * 5L);
    }

    @Test
    void staysInFewSegmentsWhenEverySaveAddsLess() throws IOException {
        byte[] all = lines(100 * 101 / 2 * 60);

        assertThat(sent(all, IntStream.rangeClosed(1, 100).map(save -> (100 * save - save * (save - 1) / 2) * 60)))
                .isLessThanOrEqualTo(all.length * 6L);
    }

    /** How much is sent by one who saves each of these beginnings and keeps segments by their digest. */
    private static long sent(byte[] all, IntStream ends) throws IOException {
        Set<Digest> kept = new HashSet<>();
        Optional<Entry> base = Optional.empty();
        long sent = 0;
        for (int end : ends.toArray()) {
            Entry entry = cut(Arrays.copyOf(all, end), base).entry();
            for (Segment segment : entry.segments()) {
                sent += kept.add(segment.digest()) ? segment.size() : 0;
            }
            assertThat(entry.segments().stream().filter(segment -> segment.size() < Segmenter.SEALED))
                    .as("open segments at %d", end)
                    .hasSizeLessThanOrEqualTo(Segmenter.MOST_OPEN);
            base = Optional.of(entry);
        }
        requireRight(base.orElseThrow(), all);
        return sent;
    }

    @Test
    void neverCutsASealedSegmentAgain() throws IOException {
        byte[] all = lines(Segmenter.SEALED * 2);
        Optional<Entry> base = Optional.empty();
        List<Segment> sealed = List.of();
        for (int end = Segmenter.SEALED / 8; end <= all.length; end += Segmenter.SEALED / 8) {
            Entry entry = cut(Arrays.copyOf(all, end), base).entry();
            assertThat(entry.segments().subList(0, sealed.size())).isEqualTo(sealed);
            sealed = entry.segments().stream()
                    .takeWhile(segment -> segment.size() >= Segmenter.SEALED)
                    .toList();
            base = Optional.of(entry);
        }
        assertThat(sealed).isNotEmpty();
    }

    private static Segmenter.Cut cut(byte[] bytes, Optional<Entry> base) throws IOException {
        return Segmenter.cut(NAME, BytesPayload.of(bytes), base);
    }

    private static void requireRight(Entry entry, byte[] bytes) {
        assertThat(entry.size()).isEqualTo(bytes.length);
        assertThat(entry.digest()).isEqualTo(Digest.of(bytes));
        int at = 0;
        for (Segment segment : entry.segments()) {
            int end = at + (int) segment.size();
            assertThat(segment.digest()).isEqualTo(Digest.of(Arrays.copyOfRange(bytes, at, end)));
            at = end;
        }
        assertThat(at).isEqualTo(bytes.length);
    }

    private static byte[] lines(int size) {
        byte[] bytes = new byte[size];
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(size);
        random.nextBytes(bytes);
        for (int i = 99; i < size; i += 100) {
            bytes[i] = '\n';
        }
        if (size > 0) {
            bytes[size - 1] = '\n';
        }
        return bytes;
    }

    private static byte[] grown(byte[] bytes, int more, RandomGenerator random) {
        byte[] grown = Arrays.copyOf(bytes, bytes.length + more);
        for (int i = bytes.length; i < grown.length; i++) {
            grown[i] = (byte) (random.nextInt(50) == 0 ? '\n' : 'a' + (i & 15));
        }
        return grown;
    }
}
