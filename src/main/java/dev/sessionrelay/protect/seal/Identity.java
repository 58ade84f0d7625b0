package dev.sessionrelay.protect.seal;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.sessionrelay.protect.key.SshPrivateKey;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** A private key that opens what was sealed to it. */
public final class Identity {
    private static final String AGE = "AGE-SECRET-KEY-1";

    private final RecipientStanzaReader stanzas;

    private Identity(RecipientStanzaReader stanzas) {
        this.stanzas = stanzas;
    }

    RecipientStanzaReader stanzas() {
        return stanzas;
    }

    /**
     * The keys in a text: one of SSH, or any number of age's, a line each, with comments.
     *
     * @throws IllegalArgumentException with words that hold nothing of a key
     */
    public static List<Identity> parse(String text) {
        if (SshPrivateKey.isOne(text)) {
            return List.of(ofSsh(SshPrivateKey.parse(text)));
        }
        List<Identity> identities = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith(AGE)) {
                identities.add(ofAge(line));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new IllegalArgumentException("it is neither a private key of SSH nor one of age (" + AGE + "…)");
            }
        }
        if (identities.isEmpty()) {
            throw new IllegalArgumentException("it holds no key");
        }
        return identities;
    }

    private static Identity ofAge(String line) {
        try {
            return new Identity(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("it is no sound key of age: a letter may be wrong or missing");
        }
    }

    private static Identity ofSsh(SshPrivateKey key) {
        return new Identity(
                switch (key) {
                    case SshPrivateKey.Ed25519 ed25519 -> SshEd25519Stanza.reader(ed25519);
                    case SshPrivateKey.Rsa rsa -> SshRsaStanza.reader(rsa);
                });
    }

    @Override
    public String toString() {
        return "a private key";
    }
}
