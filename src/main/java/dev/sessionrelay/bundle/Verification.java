package dev.sessionrelay.bundle;

import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Reads a bundle once, whole, and compares what is there with what its manifest promises. */
public final class Verification {
    private Verification() {}

    /** Sees all bytes on the way: to read them costs more than to look at them. */
    @FunctionalInterface
    public interface Onlooker {
        void see(byte[] bytes, int length) throws IOException;
    }

    public static void verify(Bundle bundle, String where) throws IOException {
        for (Entry entry : bundle.manifest().entries()) {
            verify(bundle.payload(entry.name()), entry, where);
        }
    }

    public static void verify(Payload payload, Entry entry, String where) throws IOException {
        verify(payload, entry, where, (bytes, length) -> {});
    }

    public static void verify(Payload payload, Entry entry, String where, Onlooker onlooker) throws IOException {
        MessageDigest counter = Digest.counter();
        long size = 0;
        byte[] buffer = new byte[1 << 17];
        try (InputStream in = payload.open()) {
            for (int read = in.read(buffer); read >= 0 && size <= entry.size(); read = in.read(buffer)) {
                size += read;
                counter.update(buffer, 0, read);
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
    }
}
