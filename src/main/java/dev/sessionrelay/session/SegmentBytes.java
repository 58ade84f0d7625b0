package dev.sessionrelay.session;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;

/** One segment's bytes out of a payload, refused when they are no longer those that were announced. */
public record SegmentBytes(Payload payload, Segment segment, long offset) {

    public void writeTo(OutputStream out) throws IOException {
        MessageDigest counter = Digest.counter();
        long left = segment.size();
        byte[] buffer = new byte[1 << 17];
        try (InputStream in = payload.open(offset)) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                counter.update(buffer, 0, read);
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        if (left > 0 || !Digest.of(counter).equals(segment.digest())) {
            throw Failure.conflict(
                    "the session was rewritten while it was saved",
                    "save again when Claude Code has finished: nothing was changed in the store");
        }
    }
}
