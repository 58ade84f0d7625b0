package dev.sessionrelay.io;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.HeldFolder;
import dev.sessionrelay.io.file.PlainFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Ranges of one file, read one behind the other. The file may grow meanwhile but must not become shorter. What lies
 * between two near ranges is read and passed over: that costs less than to ask for each of them.
 */
public final class RangeStream extends BlockStream {
    private static final int READ_AT_ONCE = 1 << 17;
    private static final Range NOTHING = new Range(0, 0);

    /** The bytes of a file from one offset to the one behind the last. */
    public record Range(long from, long to) {
        public long length() {
            return to - from;
        }
    }

    private final Path file;
    private final SeekableByteChannel channel;
    private final Iterator<Range> coming;
    private Range range = NOTHING;
    private long position;

    private final ByteBuffer window;
    private long windowEnd;

    public RangeStream(Path file, List<Range> ranges) throws IOException {
        long size = ranges.stream().mapToLong(Range::length).sum();
        this.file = file;
        this.coming = ranges.iterator();
        this.window = ByteBuffer.allocate((int) Math.min(READ_AT_ONCE, size)).limit(0);
        this.channel = PlainFile.channel(file);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length && hasMore()) {
            int taken = (int) Math.min(Math.min(length - done, range.to() - position), inWindow());
            window.get(bytes, offset + done, taken);
            position += taken;
            done += taken;
        }
        return done == 0 && length > 0 ? -1 : done;
    }

    private boolean hasMore() {
        while (position == range.to()) {
            if (!coming.hasNext()) {
                return false;
            }
            range = coming.next();
            position = range.from();
        }
        return true;
    }

    /** How many bytes can be taken out of the window; the next one is that of the position. */
    private int inWindow() throws IOException {
        long windowStart = windowEnd - window.limit();
        if (position >= windowStart && position < windowEnd) {
            window.position((int) (position - windowStart));
        } else {
            window.clear();
            if (channel.position(position).read(window) < 0) {
                throw Failure.conflict(
                        HeldFolder.shown(file) + " was rewritten while it was read",
                        "run this again when Claude Code has finished: nothing was changed");
            }
            windowEnd = position + window.flip().limit();
        }
        return window.remaining();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
