package dev.sessionrelay.merge;

import dev.sessionrelay.bundle.Digest;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.claude.Field;
import dev.sessionrelay.claude.RecordScanner;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chain in the lines that both have. It is read only when the two do not go on from the same record. */
final class Beginning {
    private final Payload payload;
    private final long end;
    private @Nullable Map<Mark, Link> links;

    record Link(@Nullable Mark follows, boolean isMessage) {}

    Beginning(Payload payload, long end) {
        this.payload = payload;
        this.end = end;
    }

    @Nullable
    Link link(Mark key) throws IOException {
        if (links == null) {
            links = read();
        }
        return links.get(key);
    }

    private Map<Mark, Link> read() throws IOException {
        Map<Mark, Link> read = new HashMap<>();
        MessageDigest counter = Digest.counter();
        try (RecordScanner scanner = new RecordScanner(payload.open())) {
            while (scanner.next() && scanner.start() < end) {
                Mark follows = Tail.parent(scanner, counter);
                boolean isMessage = Tail.isMessage(scanner);
                scanner.text(Field.UUID)
                        .ifPresent(uuid -> read.put(Mark.of(uuid, counter), new Link(follows, isMessage)));
            }
        }
        return read;
    }
}
