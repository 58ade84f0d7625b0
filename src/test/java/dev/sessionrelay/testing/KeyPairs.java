package dev.sessionrelay.testing;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;

/** Key pairs for sealing and signing, new each time. */
public record KeyPairs(Path file, String publicLine) {

    /** One of age, without any program. */
    public static KeyPairs age(Path file) throws IOException {
        try {
            KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
            Files.write(file, pair.getPrivate().getEncoded());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return new KeyPairs(file, new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param kind ed25519, rsa or ecdsa */
    public static KeyPairs ssh(String kind, Path file, String passphrase) throws IOException {
        OutsideCommand.make(
                "ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", "dev@example.com", "-f", file.toString());
        return new KeyPairs(file, Files.readString(Path.of(file + ".pub")).strip());
    }

    public String privateText() throws IOException {
        return Files.readString(file);
    }
}
