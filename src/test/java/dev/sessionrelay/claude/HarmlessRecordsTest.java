package dev.sessionrelay.claude;

import static dev.sessionrelay.testing.BytesPayload.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.BytesPayload;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessRecordsTest {
    private static final String FIRST = "{\"type\":\"user\",\"message\":\"one \\n \\u001b[1m - _ \\u00e9\"}\n";
    private static final String LAST = "{\"type\":\"assistant\",\"message\":\"two\"}\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"worktree-state\",\"path\":\"/elsewhere\"}",
                "{\"type\":\"worktree\\u002dstate\"}",
                "{\"type\":\"work\\u0074ree-state\"}",
                "{\"\\u0074ype\":\"worktree-state\"}",
                "{\"type\":\"worktree\\u002Dstate\"}",
                "{\"type\":\"attachment\",\"attachment\":{\"type\":\"session_cron_carry\",\"tasks\":[]}}",
                "{\"type\":\"attachment\",\"attachment\":{\"type\":\"session\\u005fcron\\u005fcarry\"}}",
                "{\"attachment\":{\"tool\":{},\"type\":\"hook_deferred_tool\"},\"type\":\"attachment\"}",
            })
    void leavesOutWhatActs(String record) throws IOException {
        String text = FIRST + record + "\n" + LAST;
        for (int atOnce = 1; atOnce <= text.length(); atOnce++) {
            HarmlessRecords harmless = harmless(text.getBytes(UTF_8), atOnce);

            assertThat(harmless.leftOut().values()).containsExactly(1L);
            assertThat(new String(read(harmless.records()), UTF_8)).isEqualTo(FIRST + LAST);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"user\",\"message\":\"the worktree-state of a session_cron_carry\"}",
                "{\"type\":\"user\",\"message\":\"\\u0068ook_deferred_tool\"}",
            })
    void keepsWhatOnlySpeaksOfIt(String record) throws IOException {
        BytesPayload payload = BytesPayload.of(FIRST + record + "\n" + LAST);

        HarmlessRecords harmless = HarmlessRecords.of(payload, signs(read(payload), 7));

        assertThat(harmless.leftOut()).isEmpty();
        assertThat(harmless.records()).isSameAs(payload);
    }

    @Test
    void looksIntoNothingWhereNoSignIs() {
        byte[] bytes = (FIRST + "{\"type\":\"system\",\"message\":\"\\u001b[31m \\u0009 \\\\u00 worktree_state\"}\n"
                        + LAST)
                .getBytes(UTF_8);

        assertThat(signs(bytes, bytes.length).isEmpty()).isTrue();
    }

    @Test
    void findsWhatLiesAcrossLargeReads() throws IOException {
        String record = "{\"type\":\"worktree-state\"}\n";
        for (int more = 0; more < 40; more++) {
            String text =
                    "{\"type\":\"user\",\"message\":\"" + "a".repeat((1 << 17) - 60 + more) + "\"}\n" + record + LAST;
            byte[] bytes = text.getBytes(UTF_8);

            HarmlessRecords harmless = harmless(bytes, bytes.length);

            assertThat(harmless.leftOut()).isEqualTo(Map.of("worktree-state", 1L));
            assertThat(harmless.records().size()).isEqualTo(bytes.length - record.length());
        }
    }

    private static HarmlessRecords harmless(byte[] bytes, int atOnce) throws IOException {
        return HarmlessRecords.of(BytesPayload.of(bytes), signs(bytes, atOnce));
    }

    private static Signs signs(byte[] bytes, int atOnce) {
        Signs signs = new Signs();
        for (int from = 0; from < bytes.length; from += atOnce) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + atOnce));
            signs.take(part, part.length);
        }
        return signs;
    }
}
