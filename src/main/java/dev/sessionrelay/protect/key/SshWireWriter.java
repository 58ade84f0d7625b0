package dev.sessionrelay.protect.key;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes bytes behind their number, as SSH does. */
public final class SshWireWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public SshWireWriter raw(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    public SshWireWriter number(int number) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        return this;
    }

    public SshWireWriter string(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    public SshWireWriter string(String text) {
        return string(text.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
