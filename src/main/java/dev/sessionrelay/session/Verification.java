package dev.sessionrelay.session;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.BlockDigests;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a bundle once, whole, and compares what is there with what its manifest promises. Who goes on with what is
 * returned cannot be given other bytes later: whoever writes to a store may do so between two readings.
 */
public final class Verification {
    private Verification() {}

    /** Sees all bytes on the way: to read them costs more than to look at them. */
    @FunctionalInterface
    public interface Onlooker {
        void see(byte[] bytes, int length) throws IOException;
    }

    public static Bundle verify(Bundle bundle, String where) throws IOException {
        Map<EntryName, Payload> verified = new TreeMap<>();
        for (Entry entry : bundle.manifest().entries()) {
            verified.put(entry.name(), verify(bundle.payload(entry.name()), entry, where));
        }
        return new Bundle(bundle.manifest(), verified);
    }

    public static Payload verify(Payload payload, Entry entry, String where) throws IOException {
        return verify(payload, entry, where, (bytes, length) -> {});
    }

    /** @return the same bytes, refused where a later reading does not bring them again */
    public static Payload verify(Payload payload, Entry entry, String where, Onlooker onlooker) throws IOException {
        MessageDigest counter = Digest.counter();
        BlockDigests blocks = new BlockDigests(entry.size());
        long size = 0;
        byte[] buffer = new byte[BlockDigests.BLOCK];
        try (InputStream in = payload.open()) {
            for (int read = in.readNBytes(buffer, 0, buffer.length);
                    read > 0 && size <= entry.size();
                    read = in.readNBytes(buffer, 0, buffer.length)) {
                size += read;
                counter.update(buffer, 0, read);
                blocks.add(buffer, read);
                onlooker.see(buffer, read);
            }
        }
        Digest found = Digest.of(counter);
        if (size != entry.size() || !found.equals(entry.digest())) {
            throw Failure.damaged(
                    entry.name() + " of " + where + " is damaged: it should have " + entry.size()
                            + " bytes with SHA-256 " + entry.digest() + ", but "
                            + (size == entry.size()
                                    ? "its SHA-256 is " + found
                                    : "has " + (size > entry.size() ? "more" : "only " + size)),
                    "nothing was changed here; delete it and save it again from a machine that still has it");
        }
        return new VerifiedPayload(payload, blocks, entry.name() + " of " + where);
    }
}
