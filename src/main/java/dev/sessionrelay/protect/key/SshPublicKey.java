package dev.sessionrelay.protect.key;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.text.SafeText;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key as it stands in {@code id_ed25519.pub}. Only Ed25519 and RSA are known here; of others it is known that
 * they are others.
 *
 * @param type the word before the key, such as {@code ssh-ed25519}
 * @param base64 the key in SSH's own form, which holds the type again
 */
public record SshPublicKey(String type, String base64, String comment) {
    public static final String ED25519 = "ssh-ed25519";
    public static final String RSA = "ssh-rsa";

    private static final int ED25519_LENGTH = 32;
    private static final int SHORTEST_RSA = 2048;
    private static final int LONGEST_RSA = 16384;

    /** @throws IllegalArgumentException when the line is no public key, or one of the known kinds that is not sound */
    public static SshPublicKey parse(String line) {
        String[] words = line.strip().split("[ \t]+", 3);
        if (words.length < 2 || !words[0].matches("[a-z0-9@.-]{3,60}")) {
            throw new IllegalArgumentException("it is no public key of SSH");
        }
        SshPublicKey key = new SshPublicKey(words[0], words[1], words.length == 3 ? SafeText.of(words[2], 80) : "");
        if (!new SshWireReader(key.blob()).text().equals(key.type)) {
            throw new IllegalArgumentException("its two halves name different kinds of key");
        }
        key.requireSound();
        return key;
    }

    public static SshPublicKey ofBlob(byte[] blob) {
        String type = new SshWireReader(blob).text();
        return parse(type + " " + Base64.getEncoder().encodeToString(blob));
    }

    static SshPublicKey ofEd25519(byte[] point) {
        return ofBlob(new SshWireWriter().string(ED25519).string(point).bytes());
    }

    private void requireSound() {
        switch (type) {
            case ED25519 -> point();
            case RSA -> rsa();
            default -> {}
        }
    }

    public byte[] blob() {
        return Base64.getDecoder().decode(base64);
    }

    /** The 32 bytes of an Ed25519 key. */
    public byte[] point() {
        SshWireReader reader = body(ED25519);
        byte[] point = reader.string();
        if (point.length != ED25519_LENGTH || !reader.isAtEnd()) {
            throw new IllegalArgumentException("it is no Ed25519 key");
        }
        return point;
    }

    public RSAPublicKey rsa() {
        SshWireReader reader = body(RSA);
        BigInteger exponent = reader.integer();
        BigInteger modulus = reader.integer();
        if (modulus.signum() <= 0 || modulus.bitLength() < SHORTEST_RSA || modulus.bitLength() > LONGEST_RSA) {
            throw new IllegalArgumentException("it is an RSA key of " + modulus.bitLength() + " bits, and at least "
                    + SHORTEST_RSA + " are needed");
        }
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("it is no sound RSA key", e);
        }
    }

    private SshWireReader body(String expectedType) {
        SshWireReader reader = new SshWireReader(blob());
        if (!reader.text().equals(expectedType)) {
            throw new IllegalArgumentException("it is no key of type " + expectedType);
        }
        return reader;
    }

    /** As {@code ssh-keygen -l} names it. */
    public String fingerprint() {
        byte[] digest = HexFormat.of().parseHex(Digest.of(blob()).hex());
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    }

    public boolean isSameKey(SshPublicKey other) {
        return base64.equals(other.base64);
    }

    public String line() {
        return type + " " + base64;
    }
}
