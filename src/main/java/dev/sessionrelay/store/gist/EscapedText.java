package dev.sessionrelay.store.gist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Writes bytes as the inside of a JSON string, as they come; refused are bytes that are no text. */
final class EscapedText extends OutputStream {
    private final OutputStream out;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer seen = CharBuffer.allocate(1 << 13);
    private final ByteBuffer undecoded = ByteBuffer.allocate(8);

    EscapedText(OutputStream out) {
        this.out = out;
    }

    /** These bytes cannot be given back as they are by something that keeps text. */
    static final class NoText extends IOException {
        private static final long serialVersionUID = 1;

        NoText() {
            super("not text");
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        // A line of JSON has so many quotes that writing run by run would take longer than sending.
        byte[] escaped = new byte[2 * length];
        int size = 0;
        boolean isAscii = undecoded.position() == 0;
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (b == '"' || b == '\\') {
                escaped[size++] = '\\';
                escaped[size++] = b;
            } else if (b >= 0 && b < ' ') {
                escaped[size++] = '\\';
                escaped[size++] = letterOf(b);
            } else {
                isAscii &= b >= 0;
                escaped[size++] = b;
            }
        }
        if (!isAscii) {
            decode(bytes, offset, length);
        }
        out.write(escaped, 0, size);
    }

    private static byte letterOf(byte control) throws NoText {
        return switch (control) {
            case '\n' -> 'n';
            case '\t' -> 't';
            // What else there is of control characters is changed or dropped by what shows text.
            default -> throw new NoText();
        };
    }

    private void decode(byte[] bytes, int offset, int length) throws NoText {
        int at = offset;
        int end = offset + length;
        while (undecoded.position() > 0 && at < end) {
            undecoded.put(bytes[at++]).flip();
            run(undecoded);
            undecoded.compact();
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes, at, end - at);
        run(rest);
        undecoded.put(rest);
    }

    private void run(ByteBuffer input) throws NoText {
        CoderResult result;
        do {
            seen.clear();
            result = decoder.decode(input, seen, false);
            if (result.isError()) {
                throw new NoText();
            }
        } while (result.isOverflow());
    }

    /** Whether the text ends where a character does. The stream below stays open. */
    void end() throws IOException {
        try {
            undecoded.flip();
            if (undecoded.hasRemaining()) {
                throw new CharacterCodingException();
            }
        } catch (CharacterCodingException e) {
            throw new NoText();
        }
    }
}
