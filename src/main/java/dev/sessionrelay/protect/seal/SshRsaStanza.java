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
import java.security.Key;
import java.security.spec.MGF1ParameterSpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** {@code -> ssh-rsa <tag>}: the file's key, encrypted with RSA-OAEP. */
final class SshRsaStanza {
    private static final byte[] LABEL = "age-encryption.org/v1/ssh-rsa".getBytes(StandardCharsets.US_ASCII);
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(LABEL));

    private SshRsaStanza() {}

    static RecipientStanzaWriter writer(SshPublicKey key) {
        return fileKey -> {
            byte[] body = cipher(Cipher.ENCRYPT_MODE, key.rsa()).doFinal(fileKey.getEncoded());
            return List.<RecipientStanza>of(new SshStanza(SshPublicKey.RSA, List.of(SshStanza.tag(key)), body));
        };
    }

    static RecipientStanzaReader reader(SshPrivateKey.Rsa key) {
        return stanzas -> {
            for (RecipientStanza stanza : stanzas) {
                if (SshStanza.isFor(key.publicKey(), stanza, 1)) {
                    return new FileKey(
                            cipher(Cipher.DECRYPT_MODE, key.forJava()).doFinal(stanza.getBody()));
                }
            }
            throw new UnsupportedRecipientStanzaException("none for this key");
        };
    }

    private static Cipher cipher(int mode, Key key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(mode, key, OAEP);
        return cipher;
    }
}
