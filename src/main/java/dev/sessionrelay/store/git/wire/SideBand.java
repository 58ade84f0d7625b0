package dev.sessionrelay.store.git.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The data out of a stream that carries, besides it, what the other side says to the person: its progress and what its
 * hooks print. An answer without such bands is read as it is.
 */
final class SideBand extends InputStream {
    private static final int DATA = 1;
    private static final int FATAL = 3;
    private static final int MOST_SAID = 16_000;

    private final PacketReader packets;
    private final StringBuilder said = new StringBuilder();
    private byte[] data = new byte[0];
    private int position;
    private boolean ended;

    SideBand(PacketReader packets) {
        this.packets = packets;
    }

    /** What the other side said so far. */
    String said() {
        return said.toString();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (position == data.length) {
            if (ended || !nextData()) {
                return -1;
            }
        }
        int some = Math.min(length, data.length - position);
        System.arraycopy(data, position, bytes, offset, some);
        position += some;
        return some;
    }

    private boolean nextData() throws IOException {
        if (packets.next() != PacketReader.Kind.LINE) {
            ended = true;
            return false;
        }
        byte[] packet = packets.bytes();
        int band = packet.length == 0 ? DATA : packet[0];
        if (band == DATA) {
            data = packet;
            position = Math.min(1, packet.length);
            return true;
        }
        String text = new String(packet, 1, packet.length - 1, StandardCharsets.UTF_8);
        if (said.length() < MOST_SAID) {
            said.append(text);
        }
        if (band == FATAL) {
            throw new ServerGaveUp(text.strip());
        }
        return true;
    }

    /** The other side broke off, and said why. */
    static final class ServerGaveUp extends IOException {
        private static final long serialVersionUID = 1;

        ServerGaveUp(String why) {
            super(why);
        }
    }
}
