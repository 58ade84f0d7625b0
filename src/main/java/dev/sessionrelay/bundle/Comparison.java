package dev.sessionrelay.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * How two versions of the same records relate.
 *
 * @param commonLines the end of the last line that both have
 */
public record Comparison(Relation relation, long commonLines) {

    /** What the first version is to the second. */
    public enum Relation {
        EQUAL,
        /** The second is a beginning of the first. */
        LONGER,
        /** The first is a beginning of the second. */
        SHORTER,
        DIVERGED
    }

    private static final int READ_AT_ONCE = 1 << 16;
    private static final int MOST_OF_A_LINE = 1 << 20;

    public static Comparison of(Payload first, Payload second) throws IOException {
        byte[] mine = new byte[READ_AT_ONCE];
        byte[] theirs = new byte[READ_AT_ONCE];
        long position = 0;
        long lineEnd = 0;
        try (InputStream one = first.open();
                InputStream other = second.open()) {
            while (true) {
                int read = one.readNBytes(mine, 0, mine.length);
                int readOther = other.readNBytes(theirs, 0, theirs.length);
                int both = Math.min(read, readOther);
                int same = Arrays.mismatch(mine, 0, both, theirs, 0, both);
                int agreed = same < 0 ? both : same;
                for (int i = agreed - 1; i >= 0; i--) {
                    if (mine[i] == '\n') {
                        lineEnd = position + i + 1;
                        break;
                    }
                }
                if (agreed < both) {
                    return new Comparison(Relation.DIVERGED, lineEnd);
                }
                position += agreed;
                if (read != readOther || both < READ_AT_ONCE) {
                    Relation relation =
                            read == readOther ? Relation.EQUAL : read > readOther ? Relation.LONGER : Relation.SHORTER;
                    return new Comparison(relation, lineEnd);
                }
            }
        }
    }

    /** The line that begins where the common lines end: the first that the payload has for itself, or much of it. */
    public byte[] firstOwnLine(Payload payload) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = payload.open(commonLines)) {
            byte[] buffer = new byte[READ_AT_ONCE];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    line.write(buffer[i]);
                    if (buffer[i] == '\n' || line.size() == MOST_OF_A_LINE) {
                        return line.toByteArray();
                    }
                }
            }
        }
        return line.toByteArray();
    }
}
