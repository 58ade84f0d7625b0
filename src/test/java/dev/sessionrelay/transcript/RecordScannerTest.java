package dev.sessionrelay.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.agent.claude.RandomLines;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.transcript.RecordScanner.ScanKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordScannerTest {
    private static final String A = "{\"type\":\"user\",\"uuid\":\"a\"}";
    private static final String B = "{\"type\":\"assistant\",\"uuid\":\"b\"}";

    /** A stretch, for comparison: what it is, its bytes, and the fields that were read. */
    private record Seen(ScanKind kind, String text, boolean endsWithNewline, List<String> fields) {}

    @Test
    void findsARecordALine() throws IOException {
        assertThat(scan(A + "\n" + B + "\n"))
                .containsExactly(
                        new Seen(ScanKind.RECORD, A + "\n", true, List.of("TYPE=user", "UUID=a")),
                        new Seen(ScanKind.RECORD, B + "\n", true, List.of("TYPE=assistant", "UUID=b")));
    }

    @Test
    void findsNothingInNothing() throws IOException {
        assertThat(scan("")).isEmpty();
    }

    @Test
    void takesALastRecordWithoutNewline() throws IOException {
        assertThat(scan(A + "\n" + B).getLast())
                .isEqualTo(new Seen(ScanKind.RECORD, B, false, List.of("TYPE=assistant", "UUID=b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"type",
                "{\"type\":\"us",
                "{\"type\":\"user\",\"message\":{\"content\":\"half a sent",
                "{\"type\":\"user\",\"message\":{\"content\":\"one backslash\\",
                "{\"type\":\"user\",\"message\":{\"content\":[1,2",
                "{\"type\":\"user\",",
                "{\"type\":\"user\"",
                "\0\0\0\0",
            })
    void knowsATornLineAtTheEndAndInTheMiddle(String torn) throws IOException {
        assertThat(kinds(A + "\n" + torn)).containsExactly(ScanKind.RECORD, ScanKind.TORN);
        assertThat(kinds(A + "\n" + torn + "\n")).containsExactly(ScanKind.RECORD, ScanKind.TORN);
        assertThat(kinds(A + "\n" + torn + "\n" + B + "\n"))
                .containsExactly(ScanKind.RECORD, ScanKind.TORN, ScanKind.RECORD);
    }

    @Test
    void losesWhatWasGluedToATornLineAsClaudeCodeDoes() throws IOException {
        assertThat(kinds("{\"type\":\"user\",\"message\":{\"content\":\"half" + B + "\n" + A + "\n"))
                .containsExactly(ScanKind.TORN, ScanKind.RECORD);
        assertThat(kinds("{\"type\":\"user\"," + B + "\n" + A + "\n")).containsExactly(ScanKind.TORN, ScanKind.RECORD);
    }

    @Test
    void partsRecordsThatWereGluedTogether() throws IOException {
        assertThat(scan(A + B + "\n"))
                .containsExactly(
                        new Seen(ScanKind.RECORD, A, false, List.of("TYPE=user", "UUID=a")),
                        new Seen(ScanKind.RECORD, B + "\n", true, List.of("TYPE=assistant", "UUID=b")));
        assertThat(kinds(A + " " + B + A)).containsExactly(ScanKind.RECORD, ScanKind.RECORD, ScanKind.RECORD);
        assertThat(kinds(A + "{\"type\":\"us\n" + B)).containsExactly(ScanKind.RECORD, ScanKind.TORN, ScanKind.RECORD);
    }

    @Test
    void readsCrLf() throws IOException {
        assertThat(scan(A + "\r\n" + B + "\r\n"))
                .containsExactly(
                        new Seen(ScanKind.RECORD, A + "\r\n", true, List.of("TYPE=user", "UUID=a")),
                        new Seen(ScanKind.RECORD, B + "\r\n", true, List.of("TYPE=assistant", "UUID=b")));
    }

    @Test
    void partsAByteOrderMarkFromARecord() throws IOException {
        assertThat(scan("\uFEFF" + A + "\n"))
                .containsExactly(
                        new Seen(ScanKind.OTHER, "\uFEFF", false, List.of()),
                        new Seen(ScanKind.RECORD, A + "\n", true, List.of("TYPE=user", "UUID=a")));
    }

    @Test
    void takesNulsForWhatACrashLeft() throws IOException {
        assertThat(kinds(A + "\n\0\0\0\0")).containsExactly(ScanKind.RECORD, ScanKind.TORN);
        assertThat(kinds(A + "\n\0\0\0\0\n" + B + "\n"))
                .containsExactly(ScanKind.RECORD, ScanKind.TORN, ScanKind.RECORD);
    }

    @Test
    void takesJunkAndBlankLinesForWhatTheyAre() throws IOException {
        assertThat(kinds("junk\n\n   \n[1,2]\n\"text\"\n" + A + "\n" + A + " behind\n"))
                .containsExactly(
                        ScanKind.OTHER,
                        ScanKind.OTHER,
                        ScanKind.OTHER,
                        ScanKind.OTHER,
                        ScanKind.OTHER,
                        ScanKind.RECORD,
                        ScanKind.OTHER);
    }

    @Test
    void takesNoRecordPrintedOverManyLinesForOne() throws IOException {
        assertThat(kinds("{\n  \"type\": \"user\"\n}\n" + B + "\n"))
                .containsExactly(ScanKind.TORN, ScanKind.OTHER, ScanKind.OTHER, ScanKind.RECORD);
        assertThat(kinds("{\n\"type\":\"user\",\n" + B + "\n"))
                .containsExactly(ScanKind.TORN, ScanKind.OTHER, ScanKind.RECORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,}",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1}",
                "{\"a\":{]}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":1e}",
                "{\"a\":-}",
                "{\"a\":NaN}",
                "{\"a\":True}",
                "{\"a\":nul}",
                "{\"a\":nulll}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\0\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":1/**/}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1,\"a\":2}",
                "{\"x\":[{\"a\":1,\"\\u0061\":2}]}",
                "{\"a\":\u00a01}",
            })
    void takesOnlyStrictJsonForARecord(String line) throws IOException {
        assertThat(kinds(line + "\n" + A)).containsExactly(ScanKind.TORN, ScanKind.RECORD);
    }

    @Test
    void takesOnlyWellFormedUtf8ForARecord() throws IOException {
        for (String bad : List.of(
                "c0 80",
                "c1 bf",
                "e0 9f bf",
                "ed a0 80",
                "f0 8f bf bf",
                "f4 90 80 80",
                "f5 80 80 80",
                "80",
                "e2 82",
                "ff",
                "c3 28",
                "e2 82 22")) {
            byte[] bytes = HexFormat.ofDelimiter(" ").parseHex("7b 22 61 22 3a 22 " + bad + " 22 7d 0a");
            assertThat(scan(bytes, Integer.MAX_VALUE).getFirst().kind()).as(bad).isEqualTo(ScanKind.TORN);
        }
        for (String good :
                List.of("c2 80", "df bf", "e0 a0 80", "ed 9f bf", "ee 80 80", "f0 90 80 80", "f4 8f bf bf")) {
            byte[] bytes = HexFormat.ofDelimiter(" ").parseHex("7b 22 61 22 3a 22 " + good + " 22 7d 0a");
            assertThat(scan(bytes, Integer.MAX_VALUE).getFirst().kind())
                    .as(good)
                    .isEqualTo(ScanKind.RECORD);
        }
    }

    @Test
    void refusesMoreDepthAndMoreKeysThanAnybodyWrites() throws IOException {
        assertThat(kinds("{\"a\":" + "[".repeat(999) + "]".repeat(999) + "}\n")).containsExactly(ScanKind.RECORD);
        assertThat(kinds("{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}\n"))
                .containsExactly(ScanKind.TORN);
        StringBuilder keys = new StringBuilder("{\"x\":1");
        for (int i = 0; i <= 1 << 20; i++) {
            keys.append(",\"").append(i).append("\":1");
        }
        assertThat(kinds(keys + "}\n")).containsExactly(ScanKind.TORN);
    }

    @Test
    void readsSpacesAroundColonsAndSortedKeys() throws IOException {
        assertThat(scan(" { \"uuid\" : \"a\" , \"type\"\t:\t\"user\" } \n")
                        .getFirst()
                        .fields())
                .containsExactly("TYPE=user", "UUID=a");
    }

    @Test
    void findsTheTypeHoweverLateItComes() throws IOException {
        String late = "{\"message\":{\"content\":\"" + "x".repeat(1 << 20) + "\"},\"type\":\"user\"}\n";

        assertThat(scan(late).getFirst().fields()).containsExactly("TYPE=user", "MESSAGE");
    }

    @Test
    void isNotFooledByKeysInsideOfOthers() throws IOException {
        String record =
                "{\"message\":{\"type\":\"message\",\"uuid\":\"no\",\"content\":[{\"type\":\"text\",\"cwd\":\"/no\"}]},"
                        + "\"note\":\"type\",\"other\":[\"type\",\"x\"],\"type\":\"assistant\"}\n";

        assertThat(scan(record).getFirst().fields()).containsExactly("TYPE=assistant", "MESSAGE");
    }

    @Test
    void isNotFooledByQuotesAndBracesInStrings() throws IOException {
        String record =
                "{\"message\":{\"content\":\"\\\"},{\\\"type\\\":\\\"no\\\"}\\\\\"},\"\\\"type\":\"no\",\"cwd\":\"/a\\\"}\\u00e9/\\\\\",\"type\":\"user\"}\n";

        assertThat(scan(record).getFirst().fields()).containsExactly("TYPE=user", "CWD=/a\"}é/\\", "MESSAGE");
    }

    @Test
    void readsKeysAndValuesOfAnyLength() throws IOException {
        String longKey = "type" + "k".repeat(100_000);
        String longValue = "v".repeat(100_000);
        String record = "{\"" + longKey + "\":\"x\",\"cwd\":\"" + longValue + "\",\"uuid\":\"a\",\"type\":\"user\"}\n";

        assertThat(scan(record).getFirst().fields()).containsExactly("TYPE=user", "UUID=a", "CWD");
    }

    @Test
    void tellsTrueFromFalseAndNullFromSomething() throws IOException {
        try (RecordScanner records = scanner(
                "{\"isMeta\":true,\"isSidechain\":false,\"toolUseResult\":null,\"message\":{},\"isCompactSummary\": true }\n")) {
            records.next();

            assertThat(records.isTrue(RecordField.IS_META)).isTrue();
            assertThat(records.isTrue(RecordField.IS_COMPACT_SUMMARY)).isTrue();
            assertThat(records.isTrue(RecordField.IS_SIDECHAIN)).isFalse();
            assertThat(records.isTrue(RecordField.TYPE)).isFalse();
            assertThat(records.has(RecordField.TOOL_USE_RESULT)).isFalse();
            assertThat(records.has(RecordField.MESSAGE)).isTrue();
        }
    }

    @Test
    void showsTheBeginningOfAMessage() throws IOException {
        try (RecordScanner records =
                scanner("{\"message\":{\"content\":\"" + "x".repeat(5000) + "\"},\"type\":\"user\"}\n"
                        + "{\"type\":\"user\",\"message\":{\"a\":1}}\n{\"type\":\"user\",\"message\":\"text\"}\n")) {
            records.next();
            assertThat(records.messageStart()).hasSize(512).isEqualTo("{\"content\":\"" + "x".repeat(500));
            records.next();
            assertThat(records.messageStart()).isEqualTo("{\"a\":1}");
            records.next();
            assertThat(records.messageStart()).isEmpty();
        }
    }

    @Test
    void forgetsTheFieldsOfTheRecordBefore() throws IOException {
        assertThat(scan(A + "\n{\"cwd\":\"/x\"}\njunk\n"))
                .extracting(Seen::fields)
                .containsExactly(List.of("TYPE=user", "UUID=a"), List.of("CWD=/x"), List.of());
    }

    /** The buffer's size is 128 KiB: records end and begin everywhere around its edge. */
    @Test
    void readsRecordsAcrossTheEdgeOfItsBuffer() throws IOException {
        for (int around = (1 << 17) - 40; around < (1 << 17) + 5; around++) {
            String first = "{\"message\":\"" + "x".repeat(around - 15) + "\"}\n";

            assertThat(scan(first + A + "\n" + B + "\n"))
                    .as("a first line of %d bytes", around)
                    .containsExactly(
                            new Seen(ScanKind.RECORD, first, true, List.of("MESSAGE")),
                            new Seen(ScanKind.RECORD, A + "\n", true, List.of("TYPE=user", "UUID=a")),
                            new Seen(ScanKind.RECORD, B + "\n", true, List.of("TYPE=assistant", "UUID=b")));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void seesTheSameHoweverTheBytesArrive(long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] bytes = RandomLines.damaged(random).getBytes(StandardCharsets.UTF_8);
        List<Seen> atOnce = scan(bytes, Integer.MAX_VALUE);

        for (int chunk : new int[] {1, 2, 3, 7, 64, 1 + random.nextInt(1000)}) {
            assertThat(scan(bytes, chunk))
                    .as("seed %d in chunks of %d", seed, chunk)
                    .isEqualTo(atOnce);
        }
        assertThat(String.join("", atOnce.stream().map(Seen::text).toList()))
                .as("seed %d: every byte belongs to one stretch", seed)
                .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    private static RecordScanner scanner(String text) {
        return new RecordScanner(BytesPayload.of(text).open(0));
    }

    private static List<ScanKind> kinds(String text) throws IOException {
        return scan(text).stream().map(Seen::kind).toList();
    }

    private static List<Seen> scan(String text) throws IOException {
        return scan(text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE);
    }

    private static List<Seen> scan(byte[] bytes, int chunk) throws IOException {
        List<Seen> seen = new ArrayList<>();
        long end = 0;
        try (RecordScanner records =
                new RecordScanner(BytesPayload.of(bytes).inChunksOf(chunk).open(0))) {
            while (records.next()) {
                assertThat(records.start()).isEqualTo(end);
                end = records.end();
                String text =
                        new String(bytes, (int) records.start(), (int) (end - records.start()), StandardCharsets.UTF_8);
                seen.add(new Seen(records.kind(), text, records.endsWithNewline(), fields(records)));
            }
        }
        return seen;
    }

    private static List<String> fields(RecordScanner records) {
        List<String> fields = new ArrayList<>();
        if (records.kind() == ScanKind.RECORD) {
            for (RecordField field : RecordField.values()) {
                if (records.has(field)) {
                    fields.add(
                            field + records.text(field).map(text -> "=" + text).orElse(""));
                }
            }
        }
        return fields;
    }
}
