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
final class JsonText extends OutputStream {
    private final OutputStream out;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer seen = CharBuffer.allocate(1 << 13);
    private final ByteBuffer undecoded = ByteBuffer.allocate(8);

    JsonText(OutputStream out) {
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
        decode(bytes, offset, length);
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
                out.write(bytes, from, i - from);
                from = i + 1;
                escape(b);
            }
        }
        out.write(bytes, from, offset + length - from);
    }

    private void escape(byte b) throws IOException {
        out.write('\\');
        switch (b) {
            case '"', '\\' -> out.write(b);
            case '\n' -> out.write('n');
            case '\t' -> out.write('t');
            // What else there is of control characters is changed or dropped by what shows text.
            default -> throw new NoText();
        }
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
