package dev.sessionrelay.protect.seal;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.sessionrelay.protect.key.SshPublicKey;
import java.security.GeneralSecurityException;

/** Somebody that a session is sealed to. */
public sealed interface Recipient {

    /** The public key in one line, which is said to everybody. */
    String line();

    /** Short enough for a message. */
    String describe();

    /** What age writes for this recipient before a file's content */
    RecipientStanzaWriter stanzas() throws GeneralSecurityException;

    /** @throws IllegalArgumentException with the reason in words */
    static Recipient parse(String line) {
        String text = line.strip();
        if (text.startsWith("age1")) {
            return Age.parse(text);
        }
        SshPublicKey key = SshPublicKey.parse(text);
        return switch (key.type()) {
            case SshPublicKey.ED25519, SshPublicKey.RSA -> new Ssh(key);
            default ->
                throw new IllegalArgumentException("it is a key of type " + key.type()
                        + ", and only age1…, ssh-ed25519 and ssh-rsa can be sealed to");
        };
    }

    /** A recipient made by {@code age-keygen}. */
    record Age(String line) implements Recipient {
        static Age parse(String text) {
            Age recipient = new Age(text);
            try {
                recipient.stanzas();
            } catch (GeneralSecurityException | RuntimeException e) {
                throw new IllegalArgumentException("it is no recipient of age: a letter may be wrong or missing", e);
            }
            return recipient;
        }

        @Override
        public String describe() {
            return line;
        }

        @Override
        public RecipientStanzaWriter stanzas() throws GeneralSecurityException {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(line);
        }
    }

    record Ssh(SshPublicKey key) implements Recipient {
        @Override
        public String line() {
            return key.line();
        }

        @Override
        public String describe() {
            return key.type() + " " + key.fingerprint() + (key.comment().isEmpty() ? "" : " (" + key.comment() + ")");
        }

        @Override
        public RecipientStanzaWriter stanzas() {
            return key.type().equals(SshPublicKey.RSA) ? SshRsaStanza.writer(key) : SshEd25519Stanza.writer(key);
        }
    }
}
