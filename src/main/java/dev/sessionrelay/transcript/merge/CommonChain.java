package dev.sessionrelay.transcript.merge;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.transcript.RecordField;
import dev.sessionrelay.transcript.RecordScanner;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chain in the lines that both have. It is read only when the two do not go on from the same record. */
final class CommonChain {
    private final Payload payload;
    private final long end;
    private @Nullable Map<RecordHash, Link> links;

    record Link(@Nullable RecordHash follows, boolean isMessage) {}

    CommonChain(Payload payload, long end) {
        this.payload = payload;
        this.end = end;
    }

    @Nullable
    Link link(RecordHash key) throws IOException {
        if (links == null) {
            links = read();
        }
        return links.get(key);
    }

    private Map<RecordHash, Link> read() throws IOException {
        Map<RecordHash, Link> read = new HashMap<>();
        MessageDigest counter = Digest.counter();
        try (RecordScanner scanner = new RecordScanner(payload.open())) {
            while (scanner.next() && scanner.start() < end) {
                RecordHash follows = Continuation.parent(scanner, counter);
                boolean isMessage = Continuation.isMessage(scanner);
                scanner.text(RecordField.UUID)
                        .ifPresent(uuid -> read.put(RecordHash.of(uuid, counter), new Link(follows, isMessage)));
            }
        }
        return read;
    }
}
