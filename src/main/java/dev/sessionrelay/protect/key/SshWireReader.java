package dev.sessionrelay.protect.key;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what SSH calls strings: bytes behind their number. Whatever is wrong is an {@link IllegalArgumentException}.
 */
public final class SshWireReader {
    private final ByteBuffer bytes;

    public SshWireReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    public void magic(String expected) {
        if (!new String(take(expected.length()), StandardCharsets.US_ASCII).equals(expected)) {
            throw new IllegalArgumentException("it does not begin as it should");
        }
    }

    public int number() {
        try {
            return bytes.getInt();
        } catch (BufferUnderflowException e) {
            throw cutOff();
        }
    }

    public byte[] string() {
        return take(number());
    }

    public String text() {
        return new String(string(), StandardCharsets.UTF_8);
    }

    BigInteger integer() {
        byte[] value = string();
        return value.length == 0 ? BigInteger.ZERO : new BigInteger(value);
    }

    boolean isAtEnd() {
        return !bytes.hasRemaining();
    }

    private byte[] take(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw cutOff();
        }
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private static IllegalArgumentException cutOff() {
        return new IllegalArgumentException("it is cut off");
    }
}
