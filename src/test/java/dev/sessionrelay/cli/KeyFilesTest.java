package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A private key that others may read is not used, and one in the place of a public key is shown to nobody. */
class KeyFilesTest {
    private static final SessionId ID = Conversation.id(1);

    private Machine machine;
    private KeyPairs key;

    @BeforeEach
    void layOut(@TempDir Path root) throws Exception {
        machine = Machine.at(root);
        machine.conversation(ID).turn("hello").writeTo(machine.transcript(ID));
        key = KeyPairs.age(root.resolve("key"));
    }

    private void mode(String mode) throws IOException {
        Files.setPosixFilePermissions(key.file(), PosixFilePermissions.fromString(mode));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-rw-", "rw-r--r--", "rw-r-----", "rw-----w-", "rwx--x---"})
    void isNotUsedWhenOthersMayReadIt(String mode) throws IOException {
        machine.run("save", "--key", "k", "--encrypt-to", key.publicLine());
        mode(mode);

        for (String option : new String[] {"--decrypt-key", "--sign-key"}) {
            Machine.Run run = option.equals("--sign-key")
                    ? machine.run("save", "--key", "k", option, key.file().toString())
                    : machine.run("restore", "--key", "k", option, key.file().toString());
            assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
            assertThat(run.err()).contains(key.file().toString(), "can be read by others", "chmod 600");
        }
        mode("r--------");
        assertThat(machine.run(
                                "restore",
                                "--key",
                                "k",
                                "--decrypt-key",
                                key.file().toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void aUsualKeyThatIsOpenIsToldOfWhenItIsMissed() throws Exception {
        Path usual = Files.createDirectories(machine.home().resolve(".ssh")).resolve("id_ed25519");
        Files.copy(key.file(), usual);
        Files.setPosixFilePermissions(usual, PosixFilePermissions.fromString("rw-r--r--"));
        String store = "folder:" + machine.home().resolve("store");
        Machine other = Machine.at(machine.home().resolve("other"));
        other.conversation(ID).turn("hello").writeTo(other.transcript(ID));
        other.run("save", "--key", "k", "--store", store, "--encrypt-to", key.publicLine());

        assertThat(machine.run("restore", "--key", "k", "--store", store).err())
                .contains("~/.ssh/id_ed25519 can be read by others");
    }

    @Test
    void aPrivateKeyIsNobodyToSealTo() throws IOException {
        String secret = key.privateText()
                .lines()
                .filter(line -> line.startsWith("AGE-"))
                .findFirst()
                .orElseThrow();
        String ssh = "-----BEGIN OPENSSH PRIVATE KEY-----";
        String line = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW";

        for (String given : new String[] {secret, key.file().toString(), ssh, line, ssh + "\n" + line}) {
            Machine.Run run = machine.run("save", "--encrypt-to", given);
            assertThat(run.exitCode()).as(given).isEqualTo(2);
            assertThat(run.err())
                    .contains("holds a private key", "age-keygen -y", ".pub")
                    .doesNotContain(secret.substring(20, 40), line.substring(30));
        }
        Machine.Run signers = machine.run("restore", "--key", "k", "--trust", "signed", "--allowed-signers", secret);
        assertThat(signers.err())
                .contains("allowed-signers holds a private key")
                .doesNotContain(secret.substring(20, 40));
    }
}
