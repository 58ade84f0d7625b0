package dev.sessionrelay.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.BlockStream;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.io.InputStream;

/**
 * A pack as it comes, with limits on what it claims and holds: whoever reads one makes room for as many objects as its
 * first bytes promise, before any of them is there.
 */
final class SafePack extends BlockStream {
    private static final int HEADER = 12;
    private static final int COUNT = 8;
    private static final long MOST_OBJECTS = 500_000;
    private static final long MOST_BYTES = 4L << 30;

    private final InputStream pack;
    private final String from;
    private final byte[] header;
    private int position;
    private long bytes;

    SafePack(InputStream pack, String from) throws IOException {
        this.pack = pack;
        this.from = from;
        this.header = pack.readNBytes(HEADER);
        if (header.length == HEADER && count() > MOST_OBJECTS) {
            throw hostile(from, "it announces " + count() + " objects");
        }
    }

    private long count() {
        long count = 0;
        for (int i = COUNT; i < HEADER; i++) {
            count = (count << 8) | (header[i] & 0xFF);
        }
        return count;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (position < header.length) {
            int some = Math.min(length, header.length - position);
            System.arraycopy(header, position, target, offset, some);
            position += some;
            return some;
        }
        int some = pack.read(target, offset, length);
        bytes += Math.max(0, some);
        if (bytes > MOST_BYTES) {
            throw hostile(from, "it sends more than " + (MOST_BYTES >> 30) + " GiB at once");
        }
        return some;
    }

    static Failure hostile(String from, String why) {
        return Failure.damaged(
                "what " + from + " holds is not safe to read: " + SafeText.of(why, 300),
                "nothing was changed here; look at the branch with git, or restore an earlier save (`session-relay"
                        + " history`)");
    }
}
