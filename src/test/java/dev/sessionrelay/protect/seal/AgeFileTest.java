package dev.sessionrelay.protect.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.OutsideCommand;
import dev.sessionrelay.testing.Tool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files that the real {@code age} opens, and files that it made, with keys of {@code ssh-keygen} and {@code
 * age-keygen}.
 */
@Needs({Tool.AGE, Tool.SSH_KEYGEN})
class AgeFileTest {
    private static final int MOST = 1 << 22;
    /** Around the size of age's own chunks, and of our reads. */
    private static final List<Integer> SIZES = List.of(0, 1, 65535, 65536, 65537, 131072, 1_000_003);

    @TempDir
    private Path temporary;

    enum Kind {
        AGE,
        ED25519,
        RSA;

        KeyPairs make(Path file) throws IOException {
            return switch (this) {
                case AGE -> {
                    OutsideCommand.make("age-keygen", "-o", file.toString());
                    String line = Files.readAllLines(file).stream()
                            .filter(text -> text.startsWith("# public key: "))
                            .findFirst()
                            .orElseThrow();
                    yield new KeyPairs(file, line.substring("# public key: ".length()));
                }
                case ED25519 -> KeyPairs.ssh("ed25519", file, "");
                case RSA -> KeyPairs.ssh("rsa", file, "");
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void ageOpensWhatWeSeal(Kind kind) throws Exception {
        KeyPairs key = kind.make(temporary.resolve("key"));
        for (int size : SIZES) {
            byte[] content = random(size);
            byte[] file = AgeFile.seal(content, List.of(Recipient.parse(key.publicLine())));

            assertThat(OutsideCommand.run(file, "age", "-d", "-i", key.file().toString())
                            .done())
                    .isEqualTo(content);
        }
    }

    @ParameterizedTest
    @EnumSource
    void weOpenWhatAgeSealed(Kind kind) throws Exception {
        KeyPairs key = kind.make(temporary.resolve("key"));
        for (int size : SIZES) {
            byte[] content = random(size);
            byte[] file =
                    OutsideCommand.run(content, "age", "-r", key.publicLine()).done();

            assertThat(open(file, key)).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lettersAreTheSameFile(Kind kind) throws Exception {
        KeyPairs key = kind.make(temporary.resolve("key"));
        byte[] content = random(100_000);
        String ours = AgeFile.sealInLetters(content, List.of(Recipient.parse(key.publicLine())));
        byte[] theirs =
                OutsideCommand.run(content, "age", "-a", "-r", key.publicLine()).done();

        assertThat(OutsideCommand.run(
                                ours.getBytes(StandardCharsets.US_ASCII),
                                "age",
                                "-d",
                                "-i",
                                key.file().toString())
                        .done())
                .isEqualTo(content);
        assertThat(AgeFile.openLetters(
                        new String(theirs, StandardCharsets.US_ASCII), Identity.parse(key.privateText()), MOST))
                .isEqualTo(content);
    }

    @Test
    void eachOfSeveralRecipientsOpensIt() throws Exception {
        List<KeyPairs> keys = List.of(
                Kind.AGE.make(temporary.resolve("1")),
                Kind.RSA.make(temporary.resolve("2")),
                Kind.AGE.make(temporary.resolve("3")),
                Kind.ED25519.make(temporary.resolve("4")),
                Kind.ED25519.make(temporary.resolve("5")));
        byte[] content = random(1000);
        byte[] file = AgeFile.seal(
                content,
                keys.stream().map(key -> Recipient.parse(key.publicLine())).toList());

        for (KeyPairs key : keys) {
            assertThat(open(file, key)).isEqualTo(content);
            assertThat(OutsideCommand.run(file, "age", "-d", "-i", key.file().toString())
                            .done())
                    .isEqualTo(content);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isShutForAnyOtherKey(Kind kind) throws Exception {
        KeyPairs key = kind.make(temporary.resolve("key"));
        KeyPairs other = kind.make(temporary.resolve("other"));
        byte[] file = AgeFile.seal(random(10), List.of(Recipient.parse(key.publicLine())));

        assertThatThrownBy(() -> open(file, other)).isInstanceOf(AgeFile.NotForUs.class);
    }

    /** Whatever byte is changed, nothing of the content comes out. */
    @ParameterizedTest
    @EnumSource
    void noticesAnyChange(Kind kind) throws Exception {
        KeyPairs key = kind.make(temporary.resolve("key"));
        byte[] file = AgeFile.seal(random(50), List.of(Recipient.parse(key.publicLine())));
        List<Identity> identities = Identity.parse(key.privateText());

        for (int at = 0; at < file.length; at++) {
            byte[] changed = file.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> AgeFile.open(new ByteArrayInputStream(changed), identities, MOST))
                    .as("byte " + at)
                    .isInstanceOfAny(AgeFile.NotForUs.class, AgeFile.Damaged.class);
        }
    }

    @Test
    void noticesWhatIsCutOffOrPutBehind() throws Exception {
        KeyPairs key = Kind.ED25519.make(temporary.resolve("key"));
        byte[] file = AgeFile.seal(random(200_000), List.of(Recipient.parse(key.publicLine())));
        int head = file.length - 200_000 - 4 * 16 - 16;

        Stream.of(0, 1, head, head + 65552, head + 2 * 65552, file.length - 1)
                .forEach(length -> assertThatThrownBy(() -> open(Arrays.copyOf(file, length), key))
                        .as(length + " of " + file.length + " bytes")
                        .isInstanceOfAny(AgeFile.Damaged.class, AgeFile.NotForUs.class));
        assertThatThrownBy(() -> open(Arrays.copyOf(file, file.length + 1), key))
                .isInstanceOf(AgeFile.Damaged.class);
    }

    @Test
    void holdsNoMoreThanIsAskedFor() throws Exception {
        KeyPairs key = Kind.AGE.make(temporary.resolve("key"));
        byte[] file = AgeFile.seal(random(1001), List.of(Recipient.parse(key.publicLine())));

        assertThatThrownBy(() -> AgeFile.open(new ByteArrayInputStream(file), Identity.parse(key.privateText()), 1000))
                .isInstanceOf(AgeFile.Damaged.class);
    }

    private static byte[] open(byte[] file, KeyPairs key) throws Exception {
        return AgeFile.open(new ByteArrayInputStream(file), Identity.parse(key.privateText()), MOST);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
