package dev.sessionrelay.session;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;

/**
 * A payload read from its beginning to its end.
 *
 * @param extendsBase whether the earlier version is a beginning of it, or all of it
 */
record PayloadDigest(long size, Digest digest, boolean extendsBase) {
    private static final int READ_AT_ONCE = 1 << 17;

    /** Reads on another core where there is one. An error comes out of {@link ForkJoinTask#join} unchecked. */
    static ForkJoinTask<PayloadDigest> begin(Payload payload, Optional<Entry> base) {
        return ForkJoinTask.adapt(() -> {
                    try {
                        return read(payload, base);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .fork();
    }

    private static PayloadDigest read(Payload payload, Optional<Entry> base) throws IOException {
        MessageDigest counter = Digest.counter();
        byte[] buffer = new byte[READ_AT_ONCE];
        long baseSize = base.map(Entry::size).orElse(-1L);
        boolean extendsBase = baseSize == 0;
        long position = 0;
        try (InputStream in = payload.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                long toBase = baseSize - position;
                int before = toBase > 0 && toBase <= read ? (int) toBase : 0;
                counter.update(buffer, 0, before);
                if (before > 0) {
                    extendsBase = soFar(counter).equals(base.orElseThrow().digest());
                }
                counter.update(buffer, before, read - before);
                position += read;
            }
        }
        return new PayloadDigest(position, Digest.of(counter), extendsBase);
    }

    private static Digest soFar(MessageDigest counter) {
        try {
            return Digest.of((MessageDigest) counter.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }
}
