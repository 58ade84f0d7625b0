package dev.sessionrelay.testing;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Input that nobody meant, from seeds that a failure names. Each test runs for a short while; {@code -Drelay.fuzz=600}
 * makes it ten minutes, {@code -Drelay.fuzz.inputs=1000000} a million inputs, {@code -Drelay.fuzz.first=250001} begins
 * later.
 */
public final class Fuzz {
    private static final Duration WHILE = Duration.ofMillis(Long.getLong("relay.fuzz", 0) * 1000 + 700);
    private static final long INPUTS = Long.getLong("relay.fuzz.inputs", 20);
    private static final long FIRST = Long.getLong("relay.fuzz.first", 1);
    /** Far more than any of these small inputs takes, and far less than for ever. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private Fuzz() {}

    /** One try. */
    @FunctionalInterface
    public interface Try {
        void with(RandomGenerator random) throws Exception;
    }

    /** The first tries are the same each time, so that a failure comes back; a longer run goes further. */
    public static void run(Try one) {
        long end = System.nanoTime() + WHILE.toNanos();
        for (long seed = FIRST; seed < FIRST + INPUTS || System.nanoTime() < end; seed++) {
            // Once more where it took long, since a machine with much to do makes anything late.
            if (timeOf(one, seed).compareTo(LONGEST) > 0) {
                Duration again = timeOf(one, seed);
                if (again.compareTo(LONGEST) > 0) {
                    throw new AssertionError("seed " + seed + " took " + again);
                }
            }
        }
    }

    private static Duration timeOf(Try one, long seed) {
        long begin = System.nanoTime();
        try {
            one.with(GENERATORS.create(seed));
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed, e);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** The bytes with a few changes: other bytes, something left out, something twice, or a piece from elsewhere. */
    public static byte[] mutated(byte[] bytes, List<byte[]> pieces, RandomGenerator random) {
        byte[] result = bytes;
        for (int changes = random.nextInt(1, 6); changes > 0; changes--) {
            int at = random.nextInt(result.length + 1);
            int to = Math.min(result.length, at + random.nextInt(40));
            byte[] head = Arrays.copyOf(result, at);
            result = switch (random.nextInt(5)) {
                case 0 -> joined(head, random(random, to - at), Arrays.copyOfRange(result, to, result.length));
                case 1 -> joined(head, Arrays.copyOfRange(result, to, result.length));
                case 2 ->
                    joined(head, Arrays.copyOfRange(result, at, to), Arrays.copyOfRange(result, at, result.length));
                case 3 -> random.nextInt(4) == 0 ? head : result;
                default ->
                    joined(
                            head,
                            pieces.isEmpty() ? new byte[0] : pieces.get(random.nextInt(pieces.size())),
                            Arrays.copyOfRange(result, at, result.length));
            };
        }
        return result;
    }

    public static byte[] random(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
