package dev.sessionrelay.protect.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.protect.key.SshPrivateKey;
import dev.sessionrelay.protect.key.SshPublicKey;
import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.OutsideCommand;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures that {@code ssh-keygen} verifies, and those that it made. */
@Needs(Tool.SSH_KEYGEN)
class SshSignatureTest {
    private static final byte[] MESSAGE = "words\nmore words\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa"})
    void sshKeygenVerifiesOurs(String kind) throws IOException {
        KeyPairs key = KeyPairs.ssh(kind, temporary.resolve("key"), "");
        Path signers = Files.writeString(temporary.resolve("signers"), "me@example.com " + key.publicLine() + "\n");
        SshSignature ours = SshSignature.sign(SshPrivateKey.parse(key.privateText()), "session-relay", MESSAGE);
        Path signature = Files.writeString(temporary.resolve("signature"), ours.armored());

        assertThat(verify(signers, signature, "session-relay", MESSAGE).exit()).isZero();
        assertThat(verify(signers, signature, "git", MESSAGE).exit()).isNotZero();
        assertThat(verify(signers, signature, "session-relay", new byte[] {1}).exit())
                .isNotZero();
    }

    private static OutsideCommand verify(Path signers, Path signature, String namespace, byte[] message)
            throws IOException {
        return OutsideCommand.run(
                message,
                "ssh-keygen",
                "-Y",
                "verify",
                "-f",
                signers.toString(),
                "-I",
                "me@example.com",
                "-n",
                namespace,
                "-s",
                signature.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa"})
    void weVerifyTheirs(String kind) throws IOException {
        KeyPairs key = KeyPairs.ssh(kind, temporary.resolve("key"), "");
        byte[] armored = OutsideCommand.run(
                        MESSAGE, "ssh-keygen", "-Y", "sign", "-f", key.file().toString(), "-n", "session-relay")
                .done();
        SshSignature theirs = SshSignature.parse(new String(armored, StandardCharsets.US_ASCII));

        assertThat(theirs.isOf(MESSAGE)).isTrue();
        assertThat(theirs.isOf(new byte[] {1})).isFalse();
        assertThat(theirs.namespace()).isEqualTo("session-relay");
        assertThat(theirs.key().isSameKey(SshPublicKey.parse(key.publicLine()))).isTrue();
        assertThat(SshSignature.parse(theirs.armored()).isOf(MESSAGE)).isTrue();
    }

    /** No changed byte makes another signature that counts. */
    @Test
    void noticesAnyChange() throws IOException {
        KeyPairs key = KeyPairs.ssh("ed25519", temporary.resolve("key"), "");
        String good = SshSignature.sign(SshPrivateKey.parse(key.privateText()), "session-relay", MESSAGE)
                .armored();
        String[] lines = good.split("\n");
        String body = String.join("", Arrays.copyOfRange(lines, 1, lines.length - 1));
        byte[] blob = Base64.getDecoder().decode(body);
        AllowedSigners allowed = AllowedSigners.parse("me " + key.publicLine());
        for (int at = 0; at < blob.length; at++) {
            byte[] changed = blob.clone();
            changed[at] ^= 1;
            String bad = lines[0] + "\n" + Base64.getEncoder().encodeToString(changed) + "\n" + lines[lines.length - 1]
                    + "\n";
            boolean counts;
            try {
                SshSignature signature = SshSignature.parse(bad);
                counts = signature.isOf(MESSAGE)
                        && allowed.signerOf(signature).isPresent()
                        && signature.namespace().equals("session-relay");
            } catch (IllegalArgumentException e) {
                counts = false;
            }
            assertThat(counts).as("byte " + at).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "me KEY | true",
                "me,you KEY | true",
                "me namespaces=\"session-relay,git\" KEY | true",
                "me namespaces=\"git\" KEY | false",
                "me cert-authority KEY | false",
                "me valid-before=\"20200101\" KEY | false",
                "me namespaces=\"session-relay\",valid-before=\"20200101\" KEY | false",
                "# me KEY | false",
                "KEY | false",
                "me ssh-ed25519 AAAA | false"
            })
    void countsSignersAsTheFileSays(String line, boolean counts) throws IOException {
        KeyPairs key = KeyPairs.ssh("ed25519", temporary.resolve("key"), "");
        SshSignature signature = SshSignature.sign(SshPrivateKey.parse(key.privateText()), "session-relay", MESSAGE);
        AllowedSigners allowed = AllowedSigners.parse(line.replace("KEY", key.publicLine()));

        assertThat(allowed.signerOf(signature).isPresent()).isEqualTo(counts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----",
                "nonsense",
                "-----BEGIN SSH SIGNATURE-----END SSH SIGNATURE-----"
            })
    void refusesWhatIsNoSignature(String text) {
        assertThatThrownBy(() -> SshSignature.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
