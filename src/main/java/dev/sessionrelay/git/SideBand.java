package dev.sessionrelay.git;

import dev.sessionrelay.io.BlockStream;
import dev.sessionrelay.text.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * The data out of a stream that carries, besides it, what the other side says to the person: its progress and what its
 * hooks print.
 */
final class SideBand extends BlockStream {
    private static final int DATA = 1;
    private static final int FATAL = 3;
    private static final int MOST_SAID = 16_000;
    private static final int MOST_LINES = 200;
    private static final int LONGEST_LINE = 400;
    /** A length, and the number of the band. */
    private static final int FIRST_PACKET = 5;

    private final PacketReader packets;
    /** Kept as bytes: a character may begin in one packet and end in the next. */
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private byte[] data = new byte[0];
    private int position;
    private boolean ended;

    SideBand(PacketReader packets) {
        this.packets = packets;
    }

    /** Whether this answer has bands: a server that does not know them sends its lines as they are. */
    static boolean isIn(InputStream answer) throws IOException {
        answer.mark(FIRST_PACKET);
        byte[] beginning = answer.readNBytes(FIRST_PACKET);
        answer.reset();
        return beginning.length < FIRST_PACKET || beginning[FIRST_PACKET - 1] <= FATAL;
    }

    /** What the other side said so far, in lines of a bearable length and without what would steer a terminal. */
    String said() {
        return said.toString(StandardCharsets.UTF_8)
                .lines()
                .limit(MOST_LINES)
                .map(line -> SafeText.of(line, LONGEST_LINE))
                .collect(Collectors.joining("\n"));
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
        if (packets.next() != PacketReader.PacketKind.LINE) {
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
        said.write(packet, 1, Math.min(packet.length - 1, MOST_SAID - said.size()));
        if (band == FATAL) {
            throw new ServerGaveUp(new String(packet, 1, packet.length - 1, StandardCharsets.UTF_8));
        }
        return true;
    }

    static void requireNoError(String line) throws ServerGaveUp {
        if (line.startsWith("ERR ")) {
            throw new ServerGaveUp(line.substring("ERR ".length()));
        }
    }

    /** The other side broke off, and said why. */
    static final class ServerGaveUp extends IOException {
        private static final long serialVersionUID = 1;

        ServerGaveUp(String why) {
            super(SafeText.of(why.strip(), LONGEST_LINE));
        }
    }
}
