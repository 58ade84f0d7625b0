package dev.sessionrelay.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.RangeStream.Range;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RangeStreamTest {
    private static final int SIZE = 1 << 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsTheRangesAndNothingElse(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = new byte[SIZE];
        random.nextBytes(bytes);
        Path file = Files.write(folder.resolve("file"), bytes);
        List<Range> ranges = new ArrayList<>();
        ByteArrayOutputStream wanted = new ByteArrayOutputStream();
        for (int at = 0; at < SIZE; ) {
            int from = Math.min(SIZE, at + random.nextInt(random.nextBoolean() ? 50 : 300_000));
            int to = Math.min(SIZE, from + random.nextInt(random.nextBoolean() ? 50 : 300_000));
            ranges.add(new Range(from, to));
            wanted.write(bytes, from, to - from);
            at = to + 1;
        }

        try (RangeStream in = new RangeStream(file, ranges)) {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 + random.nextInt(200_000)];
            for (int more = in.read(buffer); more >= 0; more = in.read(buffer)) {
                read.write(buffer, 0, more);
            }
            assertThat(read.toByteArray()).isEqualTo(wanted.toByteArray());
            assertThat(in.read()).isNegative();
        }
    }

    @Test
    void fillsWhatItIsGivenAcrossRanges() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "0123456789");

        try (RangeStream in = new RangeStream(file, List.of(new Range(1, 3), new Range(5, 5), new Range(7, 10)))) {
            byte[] bytes = new byte[8];
            assertThat(in.read(bytes, 1, 4)).isEqualTo(4);
            assertThat(bytes).startsWith(0, '1', '2', '7', '8');
            assertThat(in.read(bytes, 0, 0)).isZero();
            assertThat(in.read()).isEqualTo('9');
            assertThat(in.read(bytes)).isNegative();
        }
    }

    @Test
    void refusesAFileThatBecameShorter() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[SIZE]);

        try (RangeStream in = new RangeStream(file, List.of(new Range(0, SIZE)))) {
            in.readNBytes(1000);
            try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
                other.truncate(SIZE / 2);
            }
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("was rewritten while it was read");
        }
    }
}
