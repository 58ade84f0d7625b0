package dev.sessionrelay.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads git's framing: a length as four hexadecimal digits, then that many bytes; lengths 0 to 2 are marks. */
final class PacketReader {
    enum PacketKind {
        LINE,
        /** Ends an answer. */
        FLUSH,
        /** Ends a section. */
        DELIMITER,
        /** The stream ended. */
        END
    }

    private static final int HEADER = 4;

    private final InputStream in;
    private byte[] line = new byte[0];

    PacketReader(InputStream in) {
        this.in = in;
    }

    PacketKind next() throws IOException {
        byte[] header = new byte[HEADER];
        int read = in.readNBytes(header, 0, HEADER);
        if (read == 0) {
            return PacketKind.END;
        }
        int length = read < HEADER ? -1 : lengthIn(header);
        if (length < 0) {
            throw new NotGit(new String(header, 0, read, StandardCharsets.ISO_8859_1));
        }
        switch (length) {
            case 0, 2 -> {
                return PacketKind.FLUSH;
            }
            case 1 -> {
                return PacketKind.DELIMITER;
            }
            default -> {}
        }
        line = in.readNBytes(Math.max(0, length - HEADER));
        if (line.length < length - HEADER) {
            throw new EOFException("the answer ended in the middle of a line");
        }
        return PacketKind.LINE;
    }

    private static int lengthIn(byte[] header) {
        int length = 0;
        for (byte digit : header) {
            int value = Character.digit(digit, 16);
            if (value < 0) {
                return -1;
            }
            length = length * 16 + value;
        }
        return length == 3 ? -1 : length;
    }

    byte[] bytes() {
        return line;
    }

    /** The line as text, without its end. */
    String text() {
        String text = new String(line, StandardCharsets.UTF_8);
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** What came is no git answer, such as the page of a proxy or a login form. */
    static final class NotGit extends IOException {
        private static final long serialVersionUID = 1;

        NotGit(String beginning) {
            super("the answer begins with \"" + beginning + "\"");
        }
    }
}
