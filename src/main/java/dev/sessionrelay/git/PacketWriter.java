package dev.sessionrelay.git;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes a request in git's framing. */
final class PacketWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PacketWriter line(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        out.writeBytes("%04x".formatted(bytes.length + 4).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
        return this;
    }

    PacketWriter delimiter() {
        out.writeBytes("0001".getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    PacketWriter end() {
        out.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    byte[] flush() {
        return end().bytes();
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
