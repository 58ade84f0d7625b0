package dev.sessionrelay.text.mask;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Passes on what is printed, masked. It is looked at line by line, and what is flushed before its line ends, then. */
public final class MaskedStream extends OutputStream {
    private final PrintStream out;
    private final Masks masks;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private MaskedStream(PrintStream out, Masks masks) {
        this.out = out;
        this.masks = masks;
    }

    public static PrintStream around(PrintStream out, Masks masks) {
        return new PrintStream(new MaskedStream(out, masks), true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int oneByte) {
        line.write(oneByte);
        if (oneByte == '\n') {
            pass();
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int from = offset;
        for (int at = offset; at < offset + length; at++) {
            if (bytes[at] == '\n') {
                line.write(bytes, from, at + 1 - from);
                pass();
                from = at + 1;
            }
        }
        line.write(bytes, from, offset + length - from);
    }

    private void pass() {
        if (line.size() > 0) {
            out.print(masks.in(line.toString(StandardCharsets.UTF_8)));
            line.reset();
        }
    }

    /** A line that is not ended is held back: a secret might be cut in two. */
    @Override
    public synchronized void flush() {
        out.flush();
    }

    @Override
    public synchronized void close() {
        pass();
        out.flush();
    }
}
