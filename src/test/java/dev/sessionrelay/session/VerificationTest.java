package dev.sessionrelay.session;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerificationTest {
    private static final EntryName RESULT = new EntryName("tool-results/b.txt");

    private Bundle bundle;

    @BeforeEach
    void make() throws IOException {
        bundle = Bundles.of(Conversation.id(1))
                .with(RESULT.text(), new byte[] {1, 2, 3})
                .build();
    }

    @Test
    void acceptsWhatIsAsItWasAnnounced() {
        assertThatCode(() -> Verification.verify(bundle, "the-ref")).doesNotThrowAnyException();
    }

    @Test
    void refusesOtherBytes() {
        assertThatThrownBy(() -> verifyWith(BytesPayload.of(new byte[] {1, 2, 4})))
                .hasMessageContaining("tool-results/b.txt of the-ref")
                .hasMessageContaining("SHA-256")
                .extracting(failure -> ((Failure) failure).exitCode())
                .isEqualTo(ExitCode.DAMAGED);
    }

    @Test
    void refusesTooFewAndTooMany() {
        assertThatThrownBy(() -> verifyWith(BytesPayload.of(new byte[] {1, 2}))).hasMessageContaining("only 2");
        assertThatThrownBy(() -> verifyWith(BytesPayload.of(new byte[] {1, 2, 3, 4})))
                .hasMessageContaining("more");
    }

    @Test
    void stopsReadingWhatNeverEnds() {
        assertThatThrownBy(() -> verifyWith(new Endless()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("more");
    }

    private void verifyWith(Payload other) throws IOException {
        Map<EntryName, Payload> payloads = new HashMap<>(bundle.payloads());
        payloads.put(RESULT, other);
        Verification.verify(new Bundle(bundle.manifest(), payloads), "the-ref");
    }

    private record Endless() implements Payload {
        @Override
        public long size() {
            return 3;
        }

        @Override
        public InputStream open(long from) {
            return new InputStream() {
                @Override
                public int read() {
                    return 0;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    return length;
                }
            };
        }
    }
}
