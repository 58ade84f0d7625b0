package dev.sessionrelay.io;

import dev.sessionrelay.text.SafeText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256, as 64 lower-case hexadecimal digits. */
public record Digest(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public Digest {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("\"" + SafeText.of(hex, 80) + "\" is no SHA-256");
        }
    }

    public static Digest of(byte[] bytes) {
        return ofCounted(counter().digest(bytes));
    }

    /** Takes the value out of a counter and starts it anew. */
    public static Digest of(MessageDigest counter) {
        return ofCounted(counter.digest());
    }

    public static MessageDigest counter() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Digest ofCounted(byte[] value) {
        return new Digest(HexFormat.of().formatHex(value));
    }

    @Override
    public String toString() {
        return hex;
    }
}
