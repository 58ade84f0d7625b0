package dev.sessionrelay.protect.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** A private key as {@code ssh-keygen} writes it, without a passphrase. */
public sealed interface SshPrivateKey {
    String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    /** What every such key begins with, as it is written. */
    String FIRST_BYTES = "b3BlbnNzaC1rZXktdjE";

    String END = "-----END OPENSSH PRIVATE KEY-----";

    SshPublicKey publicKey();

    /** For the JDK to sign or decrypt with. */
    PrivateKey forJava() throws GeneralSecurityException;

    /** @param seed the 32 bytes that the key is made from */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ed25519(SshPublicKey publicKey, byte[] seed) implements SshPrivateKey {
        @Override
        public PrivateKey forJava() throws GeneralSecurityException {
            return KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        }

        @Override
        public String toString() {
            return "the private key of " + publicKey.fingerprint();
        }
    }

    record Rsa(SshPublicKey publicKey, RSAPrivateCrtKeySpec spec) implements SshPrivateKey {
        @Override
        public PrivateKey forJava() throws GeneralSecurityException {
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        }

        @Override
        public String toString() {
            return "the private key of " + publicKey.fingerprint();
        }
    }

    /** The key is locked by a passphrase, which this program has no way to ask for. */
    final class Locked extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Locked() {
            super("it is locked by a passphrase");
        }
    }

    static boolean isOne(String text) {
        return text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----");
    }

    /** Whether it holds a private key, or a line of one, of SSH or of age. */
    static boolean isPartOfOne(String text) {
        return text.contains("PRIVATE KEY-----") || text.contains(FIRST_BYTES) || text.contains("AGE-SECRET-KEY-");
    }

    /** @throws IllegalArgumentException with words that hold nothing of the key */
    static SshPrivateKey parse(String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin + BEGIN.length()) {
            throw new IllegalArgumentException(
                    isOne(text)
                            ? "it is not in OpenSSH's own form (`ssh-keygen -p -f <file>` writes it anew)"
                            : "it is no private key of SSH");
        }
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is damaged", e);
        }
        return read(new SshWireReader(bytes));
    }

    private static SshPrivateKey read(SshWireReader file) {
        file.magic("openssh-key-v1\0");
        String cipher = file.text();
        file.string();
        file.string();
        if (file.number() != 1) {
            throw new IllegalArgumentException("it holds several keys");
        }
        file.string();
        if (!cipher.equals("none")) {
            throw new Locked();
        }
        SshWireReader key = new SshWireReader(file.string());
        int check = key.number();
        if (key.number() != check) {
            throw new IllegalArgumentException("it is damaged");
        }
        String type = key.text();
        return switch (type) {
            case SshPublicKey.ED25519 -> ed25519(key);
            case SshPublicKey.RSA -> rsa(key);
            default ->
                throw new IllegalArgumentException(
                        "it is of a kind that is not known here: only ssh-ed25519 and ssh-rsa are");
        };
    }

    private static SshPrivateKey ed25519(SshWireReader key) {
        byte[] point = key.string();
        byte[] both = key.string();
        if (both.length != 2 * point.length
                || !Arrays.equals(both, point.length, both.length, point, 0, point.length)) {
            throw new IllegalArgumentException("it is damaged");
        }
        return new Ed25519(SshPublicKey.ofEd25519(point), Arrays.copyOf(both, point.length));
    }

    private static SshPrivateKey rsa(SshWireReader key) {
        byte[] modulus = key.string();
        byte[] exponent = key.string();
        BigInteger n = new BigInteger(modulus);
        BigInteger d = key.integer();
        BigInteger coefficient = key.integer();
        BigInteger p = key.integer();
        BigInteger q = key.integer();
        if (p.compareTo(BigInteger.ONE) <= 0 || q.compareTo(BigInteger.ONE) <= 0) {
            throw new IllegalArgumentException("it is damaged");
        }
        RSAPrivateCrtKeySpec spec = new RSAPrivateCrtKeySpec(
                n,
                new BigInteger(exponent),
                d,
                p,
                q,
                d.mod(p.subtract(BigInteger.ONE)),
                d.mod(q.subtract(BigInteger.ONE)),
                coefficient);
        SshPublicKey publicKey = SshPublicKey.ofBlob(new SshWireWriter()
                .string(SshPublicKey.RSA)
                .string(exponent)
                .string(modulus)
                .bytes());
        return new Rsa(publicKey, spec);
    }
}
