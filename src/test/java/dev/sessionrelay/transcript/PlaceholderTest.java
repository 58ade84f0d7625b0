package dev.sessionrelay.transcript;

import static dev.sessionrelay.transcript.Comparison.Relation.DIVERGED;
import static dev.sessionrelay.transcript.Comparison.Relation.EQUAL;
import static dev.sessionrelay.transcript.Comparison.Relation.LONGER;
import static dev.sessionrelay.transcript.Comparison.Relation.SHORTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.io.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PlaceholderTest {
    private static final String SECRET = "a-secret-of-some-length-1234";
    private static final String OTHER = "another-secret-which-is-longer-than-that-98765";
    private static final String NEXT = "{\"next\":1}\n";

    @Test
    void tellsHowVersionsRelate() throws IOException {
        assertThat(relation("a\nb\n", "a\nb\n")).isEqualTo(EQUAL);
        assertThat(relation("a\nb\n", "a\n")).isEqualTo(LONGER);
        assertThat(relation("a\n", "a\nb\n")).isEqualTo(SHORTER);
        assertThat(relation("a\nb\n", "a\nc\n")).isEqualTo(DIVERGED);
        assertThat(relation("", "")).isEqualTo(EQUAL);
        assertThat(relation("", "a\n")).isEqualTo(SHORTER);
    }

    @Test
    void takesAPlaceholderForWhatItStandsFor() throws IOException {
        assertThat(relation(line(SECRET), line(hidden(SECRET)))).isEqualTo(EQUAL);
        assertThat(relation(line(hidden(SECRET)), line(SECRET))).isEqualTo(EQUAL);
        assertThat(relation(line(SECRET) + NEXT, line(hidden(SECRET)))).isEqualTo(LONGER);
        assertThat(relation(line(SECRET), line(hidden(SECRET)) + NEXT)).isEqualTo(SHORTER);
    }

    @Test
    void takesItForNothingElse() throws IOException {
        assertThat(relation(line(OTHER), line(hidden(SECRET)))).isEqualTo(DIVERGED);
        assertThat(relation(line(SECRET) + NEXT, line(hidden(SECRET)) + "{\"other\":2}\n"))
                .isEqualTo(DIVERGED);
    }

    @Test
    void copesWithMachinesThatKnowDifferentSecrets() throws IOException {
        String one = line(hidden(SECRET) + " and " + OTHER);
        String other = line(SECRET + " and " + hidden(OTHER));
        assertThat(relation(one, other)).isEqualTo(EQUAL);
        assertThat(relation(other, one)).isEqualTo(EQUAL);
    }

    @Test
    void readsEscapesInWhatAPlaceholderStandsFor() throws IOException {
        assertThat(relation(line("-----BEGIN\\nKEY\\u0041\\\"-----"), line(hidden("-----BEGIN\nKEYA\"-----"))))
                .isEqualTo(EQUAL);
    }

    @Test
    void knowsAWholeBlockThatWasTakenOut() throws IOException {
        String block = "{\"type\":\"thinking\",\"thinking\":\"" + SECRET + "\",\"signature\":\"abc\"}";
        String taken = Placeholder.ofBlock(bytes(block));
        assertThat(relation("{\"content\":[" + block + "]}\n", "{\"content\":[" + taken + "]}\n"))
                .isEqualTo(EQUAL);
    }

    @Test
    void believesPlaceholdersThatStandSideBySide() throws IOException {
        assertThat(relation(line(SECRET + OTHER), line(hidden(SECRET) + hidden(OTHER))))
                .isEqualTo(EQUAL);
        assertThat(relation(line("short" + OTHER), line(hidden("short") + hidden(OTHER))))
                .isEqualTo(EQUAL);
    }

    @Test
    void knowsASecretByWhateverRuleItWasFound() throws IOException {
        String byForm = Placeholder.of("high-entropy", bytes(SECRET));
        String byValue = Placeholder.of("known-value", bytes(SECRET));
        assertThat(relation(named(byForm, "1"), named(byValue, "1"))).isEqualTo(EQUAL);
        assertThat(relation(named(byForm, "1"), named(Placeholder.of("known-value", bytes(OTHER)), "2")))
                .isEqualTo(DIVERGED);
    }

    @Test
    void copesWithSecretsThatOverlap() throws IOException {
        String one = hidden("first-half-" + SECRET) + "-second-half";
        String other = "first-half-" + hidden(SECRET + "-second-half");
        assertThat(relation(named(one, "1"), named(other, "1"))).isEqualTo(EQUAL);
        assertThat(relation(named(other, "1") + NEXT, named(one, "1"))).isEqualTo(LONGER);
        assertThat(relation(named(one, "1"), named(other, "2"))).isEqualTo(DIVERGED);
    }

    /** Two records may well begin and end alike and both speak of a secret. */
    @Test
    void takesNoTwoRecordsForOne() throws IOException {
        String one = "{\"at\":1,\"text\":\"use " + hidden(SECRET) + "\"}\n";
        String other = "{\"at\":2,\"text\":\"use " + hidden(OTHER) + "\"}\n";
        assertThat(relation(one, other)).isEqualTo(DIVERGED);
        assertThat(relation(line("a " + hidden("short") + " b"), line("a longer than that, surely, b")))
                .isEqualTo(DIVERGED);
    }

    /** Text of a hostile store, made so that every place could be a stretch's end. */
    @Test
    @Timeout(20)
    void givesUpInTime() throws IOException {
        String adjacent = hidden(SECRET) + hidden(OTHER) + hidden(SECRET);
        String endless = "x".repeat(3 << 20);
        assertThat(relation(line(adjacent), line(endless))).isEqualTo(DIVERGED);
        assertThat(relation(line(hidden(SECRET) + endless), line(endless + endless)))
                .isEqualTo(DIVERGED);
    }

    @Test
    void saysWhereBothEnd() throws IOException {
        Comparison comparison = Comparison.of(payload(line(SECRET) + NEXT), payload(line(hidden(SECRET))));
        assertThat(comparison.agreedInFirst()).isEqualTo(line(SECRET).length());
        assertThat(comparison.agreedInSecond()).isEqualTo(line(hidden(SECRET)).length());
        Comparison parted = Comparison.of(payload(line(SECRET) + NEXT), payload(line(hidden(SECRET)) + "{}\n"));
        assertThat(new String(parted.ownLineOfFirst(payload(line(SECRET) + NEXT)), StandardCharsets.UTF_8))
                .isEqualTo(NEXT);
    }

    @RepeatedTest(200)
    void alignsWhateverIsHiddenInWhicheverVersion(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder one = new StringBuilder();
        StringBuilder other = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String text = words(random, random.nextInt(60));
            String secret = words(random, 16 + random.nextInt(5000)).replace(" ", "");
            one.append("{\"text\":\"").append(text);
            other.append("{\"text\":\"").append(text);
            int who = random.nextInt(4);
            one.append(who == 1 && !secret.isEmpty() ? hidden(secret) : secret).append("\"}\n");
            other.append(who == 2 && !secret.isEmpty() ? hidden(secret) : secret)
                    .append("\"}\n");
        }
        assertThat(relation(one.toString(), other.toString()))
                .as("seed %d", repetition.getCurrentRepetition())
                .isEqualTo(EQUAL);
    }

    private static String words(Random random, int length) {
        StringBuilder text = new StringBuilder();
        random.ints(length, 0, 30).forEach(i -> text.append("abcdefghijklmnopqrstuvwxyz  []".charAt(i)));
        return text.toString();
    }

    private static String line(String text) {
        return "{\"text\":\"it is " + text + " he said\"}\n";
    }

    private static String named(String text, String id) {
        return "{\"text\":\"" + text + "\",\"uuid\":\"5e55104e-1a7e-4000-8000-00000000000" + id + "\"}\n";
    }

    private static String hidden(String secret) {
        return Placeholder.of("some-rule", bytes(secret));
    }

    private static Comparison.Relation relation(String first, String second) throws IOException {
        return Comparison.of(payload(first), payload(second)).relation();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Payload payload(String text) {
        byte[] bytes = bytes(text);
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
