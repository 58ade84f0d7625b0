package dev.sessionrelay.transcript;

import dev.sessionrelay.io.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * How two versions of the same records relate. A stretch of the one is taken for the same as a {@link Placeholder} in
 * the other that can stand for it: machines know different secrets, the first one keeps its original, and neither is
 * another continuation. So is a record of which the folder alone is another one's.
 *
 * @param commonInFirst where in the first version the last line ends that both have
 * @param commonInSecond the same place in the second version
 * @param agreedInFirst how much of the first version agrees with the second
 * @param agreedInSecond the same in the second version
 */
public record Comparison(
        Relation relation, long commonInFirst, long commonInSecond, long agreedInFirst, long agreedInSecond) {

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
        long lineEnd = 0;
        long otherLineEnd = 0;
        try (InputStream in = first.open();
                InputStream otherIn = second.open()) {
            LookaheadStream one = new LookaheadStream(in);
            LookaheadStream other = new LookaheadStream(otherIn);
            while (true) {
                one.view(READ_AT_ONCE);
                other.view(READ_AT_ONCE);
                int both = Math.min(one.ahead(), other.ahead());
                if (both == 0) {
                    Relation relation = one.ahead() == other.ahead()
                            ? Relation.EQUAL
                            : one.ahead() > 0 ? Relation.LONGER : Relation.SHORTER;
                    return new Comparison(relation, lineEnd, otherLineEnd, one.position(), other.position());
                }
                int same = Arrays.mismatch(
                        one.bytes(), one.at(), one.at() + both, other.bytes(), other.at(), other.at() + both);
                int agreed = same < 0 ? both : same;
                int line = lastLineEnd(one, agreed);
                if (line >= 0) {
                    lineEnd = one.position() + line;
                    otherLineEnd = other.position() + line;
                }
                one.skip(agreed);
                other.skip(agreed);
                if (agreed < both && !PlaceholderAligner.across(one, other)) {
                    return new Comparison(Relation.DIVERGED, lineEnd, otherLineEnd, one.position(), other.position());
                }
            }
        }
    }

    private static int lastLineEnd(LookaheadStream window, int agreed) {
        for (int i = agreed - 1; i >= 0; i--) {
            if (window.bytes()[window.at() + i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /**
     * The line that begins where the first version's common lines end: the first that it has for itself, or much of
     * it.
     */
    public byte[] ownLineOfFirst(Payload first) throws IOException {
        return line(first, commonInFirst);
    }

    public byte[] ownLineOfSecond(Payload second) throws IOException {
        return line(second, commonInSecond);
    }

    private static byte[] line(Payload payload, long from) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = payload.open(from)) {
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
