package dev.sessionrelay.session;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.BlockDigests;
import dev.sessionrelay.io.BlockStream;
import dev.sessionrelay.io.Payload;
import java.io.IOException;
import java.io.InputStream;

/**
 * A payload that was read once and found to be what its manifest promises. Whatever part of it is read again, each
 * block is compared with what was read then, before a byte of it is handed out.
 */
final class VerifiedPayload implements Payload {
    private final Payload payload;
    private final BlockDigests blocks;
    private final String name;

    VerifiedPayload(Payload payload, BlockDigests blocks, String name) {
        this.payload = payload;
        this.blocks = blocks;
        this.name = name;
    }

    @Override
    public long size() {
        return blocks.size();
    }

    @Override
    public InputStream open(long from) throws IOException {
        if (from >= size()) {
            return InputStream.nullInputStream();
        }
        long block = from / BlockDigests.BLOCK;
        InputStream in = payload.open(block * BlockDigests.BLOCK);
        return new CheckedBlocks(in, block, (int) (from % BlockDigests.BLOCK));
    }

    private final class CheckedBlocks extends BlockStream {
        private final InputStream in;
        private final BlockDigests.DigestReading expected = blocks.reading();
        private final byte[] buffer = new byte[(int) Math.min(BlockDigests.BLOCK, size())];
        private long next;
        private int skip;
        private int at;
        private int limit;

        CheckedBlocks(InputStream in, long first, int skip) {
            this.in = in;
            this.next = first;
            this.skip = skip;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at == limit && !fill()) {
                return -1;
            }
            int taken = Math.min(length, limit - at);
            System.arraycopy(buffer, at, bytes, offset, taken);
            at += taken;
            return taken;
        }

        private boolean fill() throws IOException {
            long start = next * BlockDigests.BLOCK;
            int length = (int) Math.min(BlockDigests.BLOCK, size() - start);
            if (length <= 0) {
                return false;
            }
            if (in.readNBytes(buffer, 0, length) < length || !expected.isBlock(next, buffer, length)) {
                throw Failure.damaged(
                        name
                                + " was changed while it was read: a later reading brought other bytes than the one that was"
                                + " compared with its manifest",
                        "nothing of it was placed; look at who can write to that store, and run this again");
            }
            at = skip;
            limit = length;
            skip = 0;
            next++;
            return true;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
