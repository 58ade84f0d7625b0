package dev.sessionrelay.protect.sign;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.protect.key.SshPrivateKey;
import dev.sessionrelay.protect.key.SshPublicKey;
import dev.sessionrelay.protect.key.SshWireReader;
import dev.sessionrelay.protect.key.SshWireWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A signature as {@code ssh-keygen -Y sign} writes it.
 *
 * @param namespace what it was made for; one for a mail is none for a session
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SshSignature(SshPublicKey key, String namespace, String hash, String algorithm, byte[] bytes) {
    private static final String MAGIC = "SSHSIG";
    private static final int VERSION = 1;
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";
    private static final int LINE = 70;
    private static final String SHA512 = "sha512";
    private static final String RSA_SHA512 = "rsa-sha2-512";
    private static final String RSA_SHA256 = "rsa-sha2-256";

    public static SshSignature sign(SshPrivateKey key, String namespace, byte[] message) {
        String algorithm = key instanceof SshPrivateKey.Rsa ? RSA_SHA512 : SshPublicKey.ED25519;
        try {
            Signature signer = signatureOf(algorithm);
            signer.initSign(key.forJava());
            signer.update(signedData(namespace, SHA512, message));
            return new SshSignature(key.publicKey(), namespace, SHA512, algorithm, signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key cannot sign", e);
        }
    }

    /** @throws IllegalArgumentException when the text is no signature */
    public static SshSignature parse(String armored) {
        String text = armored.strip();
        boolean isArmored =
                text.startsWith(BEGIN) && text.endsWith(END) && text.length() >= BEGIN.length() + END.length();
        if (!isArmored) {
            throw new IllegalArgumentException("it is not a signature of SSH");
        }
        // Nothing may stand beside it: what is not read could be told by it to somebody.
        String letters = text.substring(BEGIN.length(), text.length() - END.length());
        SshWireReader reader = new SshWireReader(Base64.getDecoder().decode(letters.replaceAll("[\\r\\n]", "")));
        reader.magic(MAGIC);
        if (reader.number() != VERSION) {
            throw new IllegalArgumentException("it is a signature of another version");
        }
        SshPublicKey key = SshPublicKey.ofBlob(reader.string());
        String namespace = reader.text();
        reader.string();
        String hash = reader.text();
        SshWireReader signature = new SshWireReader(reader.string());
        return new SshSignature(key, namespace, hash, signature.text(), signature.string());
    }

    public String armored() {
        byte[] blob = new SshWireWriter()
                .raw(MAGIC)
                .number(VERSION)
                .string(key.blob())
                .string(namespace)
                .string("")
                .string(hash)
                .string(new SshWireWriter().string(algorithm).string(bytes).bytes())
                .bytes();
        return BEGIN + "\n" + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(blob) + "\n" + END + "\n";
    }

    /** Whether its key made it of exactly this message. Who the key belongs to is another question. */
    public boolean isOf(byte[] message) {
        boolean fits = key.type().equals(SshPublicKey.ED25519)
                ? algorithm.equals(SshPublicKey.ED25519)
                : key.type().equals(SshPublicKey.RSA) && (algorithm.equals(RSA_SHA512) || algorithm.equals(RSA_SHA256));
        if (!fits) {
            return false;
        }
        try {
            Signature verifier = signatureOf(algorithm);
            verifier.initVerify(publicKey());
            verifier.update(signedData(namespace, hash, message));
            return verifier.verify(bytes);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        if (key.type().equals(SshPublicKey.RSA)) {
            return key.rsa();
        }
        byte[] highestFirst = key.point();
        for (int i = 0, j = highestFirst.length - 1; i < j; i++, j--) {
            byte swapped = highestFirst[i];
            highestFirst[i] = highestFirst[j];
            highestFirst[j] = swapped;
        }
        // The highest bit is the sign of x, the rest is y.
        boolean isOdd = highestFirst[0] < 0;
        highestFirst[0] &= 0x7F;
        EdECPoint decoded = new EdECPoint(isOdd, new BigInteger(1, highestFirst));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, decoded));
    }

    private static Signature signatureOf(String algorithm) throws GeneralSecurityException {
        return Signature.getInstance(
                switch (algorithm) {
                    case RSA_SHA512 -> "SHA512withRSA";
                    case RSA_SHA256 -> "SHA256withRSA";
                    default -> "Ed25519";
                });
    }

    private static byte[] signedData(String namespace, String hash, byte[] message) throws GeneralSecurityException {
        byte[] digest = switch (hash) {
            case SHA512 -> MessageDigest.getInstance("SHA-512").digest(message);
            case "sha256" -> HexFormat.of().parseHex(Digest.of(message).hex());
            default -> throw new GeneralSecurityException("the hash is not known");
        };
        return new SshWireWriter()
                .raw(MAGIC)
                .string(namespace)
                .string("")
                .string(hash)
                .string(digest)
                .bytes();
    }
}
