package dev.sessionrelay.bundle;

import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Reads a bundle once, whole, and compares what is there with what its manifest promises. */
public final class Verification {
    private Verification() {}

    public static void verify(Bundle bundle, String where) throws IOException {
        for (Entry entry : bundle.manifest().entries()) {
            MessageDigest counter = Digest.counter();
            long size = 0;
            byte[] buffer = new byte[1 << 17];
            try (InputStream in = bundle.payload(entry.name()).open()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    size += read;
                    counter.update(buffer, 0, read);
                    if (size > entry.size()) {
                        break;
                    }
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
}
