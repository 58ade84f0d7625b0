package dev.sessionrelay.protect.seal;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import dev.sessionrelay.protect.key.SshPrivateKey;
import dev.sessionrelay.protect.key.SshPublicKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code -> ssh-ed25519 <tag> <share>}: the file's key, wrapped with what X25519 makes of a share of the moment and the
 * SSH key, which is moved from the one curve to the other for it. A tweak from the SSH key ties the wrapping to its
 * use.
 */
final class SshEd25519Stanza {
    private static final byte[] LABEL = "age-encryption.org/v1/ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY = 32;
    private static final int NONCE = 12;
    /** A file's key and the tag behind it. */
    private static final int WRAPPED = 16 + 16;

    private SshEd25519Stanza() {}

    static RecipientStanzaWriter writer(SshPublicKey key) {
        return fileKey -> {
            byte[] secret = new byte[KEY];
            RANDOM.nextBytes(secret);
            byte[] share = Curve25519.publicOf(secret);
            byte[] theirs = Curve25519.ofEd25519(key.point());
            byte[] wrapping = wrappingKey(Curve25519.agree(secret, theirs), key, share, theirs);
            byte[] body = cipher(Cipher.ENCRYPT_MODE, wrapping).doFinal(fileKey.getEncoded());
            List<String> arguments = List.of(SshStanza.tag(key), SshStanza.base64(share));
            return List.<RecipientStanza>of(new SshStanza(SshPublicKey.ED25519, arguments, body));
        };
    }

    static RecipientStanzaReader reader(SshPrivateKey.Ed25519 key) {
        return stanzas -> {
            byte[] secret = secretOf(key);
            byte[] ours = Curve25519.publicOf(secret);
            for (RecipientStanza stanza : stanzas) {
                if (SshStanza.isFor(key.publicKey(), stanza, 2)) {
                    byte[] share = shareIn(stanza);
                    byte[] wrapping = wrappingKey(Curve25519.agree(secret, share), key.publicKey(), share, ours);
                    return new FileKey(cipher(Cipher.DECRYPT_MODE, wrapping).doFinal(stanza.getBody()));
                }
            }
            throw new UnsupportedRecipientStanzaException("none for this key");
        };
    }

    private static byte[] shareIn(RecipientStanza stanza) throws GeneralSecurityException {
        try {
            byte[] share = Base64.getDecoder().decode(stanza.getArguments().getLast());
            if (share.length == KEY && stanza.getBody().length == WRAPPED) {
                return share;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new GeneralSecurityException("the stanza is damaged");
    }

    /** Ed25519 itself makes its secret number from the seed in this way. */
    private static byte[] secretOf(SshPrivateKey.Ed25519 key) throws GeneralSecurityException {
        return Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(key.seed()), KEY);
    }

    private static byte[] wrappingKey(byte[] shared, SshPublicKey key, byte[] share, byte[] theirs)
            throws GeneralSecurityException {
        byte[] tweak = derive(new byte[0], key.blob());
        byte[] salt = Arrays.copyOf(share, share.length + theirs.length);
        System.arraycopy(theirs, 0, salt, share.length, theirs.length);
        return derive(Curve25519.agree(tweak, shared), salt);
    }

    private static byte[] derive(byte[] secret, byte[] salt) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(HKDFParameterSpec.ofExtract()
                        .addIKM(secret)
                        .addSalt(salt)
                        .thenExpand(LABEL, KEY));
    }

    /** A wrapping key is used once, so that the nonce may be nothing. */
    private static Cipher cipher(int mode, byte[] wrapping) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(mode, new SecretKeySpec(wrapping, "ChaCha20"), new IvParameterSpec(new byte[NONCE]));
        return cipher;
    }
}
