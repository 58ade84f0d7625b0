package dev.sessionrelay.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.transcript.Comparison.Relation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', EQUAL, 0",
        "'', 'a\n', SHORTER, 0",
        "'a\n', '', LONGER, 0",
        "'a\nb\n', 'a\nb\n', EQUAL, 4",
        "'a\n', 'a\nb\n', SHORTER, 2",
        "'a\nb\n', 'a\n', LONGER, 2",
        "'a\nb\n', 'a\nc\n', DIVERGED, 2",
        "'a\nbc\n', 'a\nbd\n', DIVERGED, 2",
        "'x\n', 'y\n', DIVERGED, 0",
        "'a\nb\n', 'a\nb', LONGER, 2",
    })
    void tellsHowTwoVersionsRelate(String first, String second, Relation relation, long commonLines)
            throws IOException {
        Comparison found = Comparison.of(BytesPayload.of(first), BytesPayload.of(second));
        assertThat(found.relation()).isEqualTo(relation);
        assertThat(found.commonInFirst()).isEqualTo(commonLines);
        assertThat(found.commonInSecond()).isEqualTo(commonLines);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1,'cwd':'/x/a','b':1} | {'a':1,'cwd':'/x/b','b':1} | EQUAL",
                "{'cwd':'/x','b':1} | {'cwd':'/x/y','b':1} | EQUAL",
                "{'cwd':'','b':1} | {'cwd':'/y','b':1} | EQUAL",
                "{'cwd':'/\\\\','b':1} | {'cwd':'/\\'','b':1} | EQUAL",
                "{'cwd':'/x','b':1} | {'cwd':'/y','b':2} | DIVERGED",
                "{'cwd':'/x','uuid':'1'} | {'cwd':'/y','uuid':'2'} | DIVERGED",
                "{'cwd2':'/x'} | {'cwd2':'/y'} | DIVERGED",
                "{'t':'\\'cwd\\':\\'/x'} | {'t':'\\'cwd\\':\\'/y'} | DIVERGED",
                "{'t':'cwd','u':'/x'} | {'t':'cwd','u':'/y'} | DIVERGED",
                "{'cwd':1,'u':'/x'} | {'cwd':1,'u':'/y'} | DIVERGED",
                "{'cwd':'/x | {'cwd':'/y | DIVERGED",
                "'cwd':'/x' | 'cwd':'/y' | DIVERGED",
            })
    void looksOverTheFolderOfARecord(String first, String second, Relation relation) throws IOException {
        String one = first.replace('\'', '"') + "\n";
        String other = second.replace('\'', '"') + "\n";
        String more = "{}\n";
        assertThat(Comparison.of(BytesPayload.of(one), BytesPayload.of(other)).relation())
                .isEqualTo(relation);
        if (relation == Relation.EQUAL) {
            Comparison shorter = Comparison.of(BytesPayload.of(one), BytesPayload.of(other + more));
            assertThat(shorter)
                    .isEqualTo(new Comparison(
                            Relation.SHORTER, one.length(), other.length(), one.length(), other.length()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithTheObviousWay(long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int tries = 0; tries < 60; tries++) {
            String common = text(random, lengthNear(random));
            String first = common + text(random, random.nextInt(4));
            String second = common + text(random, random.nextInt(4));
            Comparison found = Comparison.of(
                    BytesPayload.of(first).inChunksOf(1 + random.nextInt(70_000)),
                    BytesPayload.of(second).inChunksOf(1 + random.nextInt(70_000)));

            assertThat(found).as("seed %d, try %d", seed, tries).isEqualTo(obvious(first, second));
        }
    }

    private static Comparison obvious(String first, String second) {
        int same = 0;
        while (same < Math.min(first.length(), second.length()) && first.charAt(same) == second.charAt(same)) {
            same++;
        }
        Relation relation = first.equals(second)
                ? Relation.EQUAL
                : first.startsWith(second)
                        ? Relation.LONGER
                        : second.startsWith(first) ? Relation.SHORTER : Relation.DIVERGED;
        long lines = first.substring(0, same).lastIndexOf('\n') + 1L;
        return new Comparison(relation, lines, lines, same, same);
    }

    private static int lengthNear(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(50);
            case 1 -> (1 << 16) - 3 + random.nextInt(6);
            default -> (1 << 17) - 3 + random.nextInt(6);
        };
    }

    private static String text(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(random.nextInt(3) == 0 ? '\n' : (char) ('a' + random.nextInt(2)));
        }
        return text.toString();
    }

    /** Short secrets have no digits to be told by, and one machine may have taken more out than the other. */
    @ParameterizedTest
    @CsvSource({"5e55104e-1a7e-4000-8000-000000000002, EQUAL", "5e55104e-1a7e-4000-8000-000000000003, DIVERGED"})
    void looksOverAShortSecretOfWhichOneHasMore(String id, Relation relation) throws IOException {
        String first =
                "{\"t\":\"[redacted:known-value:0000]: it\",\"uuid\":\"5e55104e-1a7e-4000-8000-000000000002\"}\n";
        String second = "{\"t\":\"[redacted:argument:0000] it\",\"uuid\":\"" + id + "\"}\n";

        assertThat(Comparison.of(BytesPayload.of(first), BytesPayload.of(second))
                        .relation())
                .isEqualTo(relation);
    }

    @Test
    void showsTheLineWhereAVersionGoesItsOwnWay() throws IOException {
        BytesPayload mine = BytesPayload.of("a\nmine\nmore\n");
        BytesPayload theirs = BytesPayload.of("a\ntheirs\n");
        Comparison comparison = Comparison.of(mine, theirs);

        assertThat(comparison.ownLineOfFirst(mine)).asString().isEqualTo("mine\n");
        assertThat(comparison.ownLineOfSecond(theirs)).asString().isEqualTo("theirs\n");
    }

    /** An id is made of that line, and must not depend on how a store happens to hand out its bytes. */
    @Test
    void showsTheSameBeginningOfAnEndlessLineHoweverItIsRead() throws IOException {
        byte[] line = ("a\n" + "x".repeat(3 << 20) + "\n").getBytes(StandardCharsets.UTF_8);
        Comparison comparison = new Comparison(Relation.DIVERGED, 2, 2, 2, 2);
        byte[] atOnce = comparison.ownLineOfFirst(BytesPayload.of(line));

        assertThat(atOnce.length).isBetween(1, 2 << 20);
        for (int chunk : new int[] {1000, 4097, 65_537}) {
            assertThat(comparison.ownLineOfFirst(BytesPayload.of(line).inChunksOf(chunk)))
                    .isEqualTo(atOnce);
        }
    }
}
