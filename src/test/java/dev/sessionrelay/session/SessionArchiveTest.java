package dev.sessionrelay.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.archive.TarWriter;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.ParallelGzip;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.transcript.SessionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionArchiveTest {
    private static final SessionId ID = Conversation.id(1);

    @TempDir
    private Path folder;

    private static Bundle everyKind() throws IOException {
        return Bundles.of(ID, 3)
                .with("subagents/agent-1.jsonl", Conversation.of(ID).turn("sub").bytes())
                .with("tool-results/empty.txt", new byte[0])
                .with("caf\u00e9/\u6f22\u5b57 and spaces.txt", new byte[] {1, 2, 3})
                .with("x".repeat(200) + "/" + "y".repeat(200), new byte[] {4})
                .with(
                        "@beside/agent-1234567.jsonl",
                        Conversation.of(ID).turn("old").bytes())
                .with("@tasks/1.json", "{\"id\":1}".getBytes(UTF_8))
                .build();
    }

    private static byte[] archive(Bundle bundle) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SessionArchive.write(bundle, out);
        return out.toByteArray();
    }

    private Map<EntryName, Payload> unpack(byte[] archive) throws IOException {
        return SessionArchive.unpack(new ByteArrayInputStream(archive), ID, folder, "the archive");
    }

    @Test
    void givesBackEveryKindOfFile() throws IOException {
        Bundle bundle = everyKind();
        Map<EntryName, Payload> unpacked = unpack(archive(bundle));

        assertThat(unpacked.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        bundle.manifest().entries().stream().map(Entry::name).toList());
        Verification.verify(new Bundle(bundle.manifest(), unpacked), "what was unpacked");
    }

    @Test
    void isTheSameForTheSameBundle() throws IOException {
        assertThat(archive(everyKind())).isEqualTo(archive(everyKind()));
    }

    @Test
    void unpacksWithTarToWhatClaudeCodeExpects() throws Exception {
        Path file = Files.write(folder.resolve("session.tar.gz"), archive(everyKind()));
        Path project = Files.createDirectory(folder.resolve("project"));
        assertThat(tar("-xzf", file.toString(), "-C", project.toString())).isZero();

        assertThat(Files.readAllBytes(project.resolve(ID + ".jsonl")))
                .isEqualTo(BytesPayload.read(everyKind().transcript()));
        assertThat(project.resolve(ID + "/caf\u00e9/\u6f22\u5b57 and spaces.txt"))
                .hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(project.resolve(ID + "/" + "x".repeat(200) + "/" + "y".repeat(200)))
                .exists();
        assertThat(project.resolve("agent-1234567.jsonl")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "ustar", "posix", "v7"})
    void readsWhatTarPacked(String format) throws Exception {
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.write(
                project.resolve(ID + ".jsonl"), Conversation.of(ID).turn("hi").bytes());
        Path deep = Files.createDirectories(project.resolve(ID + "/" + "d".repeat(format.equals("v7") ? 10 : 90)));
        Files.write(deep.resolve("e".repeat(format.equals("v7") ? 10 : 95)), new byte[] {7});
        Path file = folder.resolve("packed.tar.gz");
        assertThat(tar("--format=" + format, "-czf", file.toString(), "-C", project.toString(), "."))
                .isZero();

        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        Map<EntryName, Payload> payloads =
                SessionArchive.unpack(Files.newInputStream(file), ID, unpacked, "the archive");
        assertThat(payloads).hasSize(2);
        assertThat(BytesPayload.read(payloads.get(EntryName.TRANSCRIPT)))
                .isEqualTo(Conversation.of(ID).turn("hi").bytes());
    }

    private static int tar(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addFirst("tar");
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 1 << 19, (1 << 19) + 1, 1 << 20, 3_000_000})
    void compressesToOneOrdinaryGzip(int size) throws IOException {
        byte[] bytes = new byte[size];
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(size);
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) "{\"type\":\"user\"}\n".charAt(random.nextInt(16));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new ParallelGzip(out)) {
            int at = 0;
            while (at < size) {
                int length = Math.min(size - at, 1 + random.nextInt(70_000));
                gzip.write(bytes, at, length);
                at += length;
            }
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }

    private byte[] hostile(String name, int size, char type) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (TarWriter writer = new TarWriter(tar, Instant.EPOCH)) {
            writer.add(ID + ".jsonl", 1, new ByteArrayInputStream(new byte[1]));
            writer.add(name, size, new ByteArrayInputStream(new byte[size]));
        }
        byte[] bytes = tar.toByteArray();
        int header = 2 * TarWriter.RECORD;
        int sum = bytes[header + 156] - type;
        bytes[header + 156] = (byte) type;
        int old = Integer.parseInt(new String(bytes, header + 148, 6, UTF_8), 8);
        System.arraycopy("%06o".formatted(old - sum).getBytes(UTF_8), 0, bytes, header + 148, 6);
        return gzip(bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/etc/passwd", "a/../../evil", "..", "a\\b"})
    void refusesNamesThatLeadOut(String name) throws IOException {
        byte[] archive = hostile(name, 1, '0');
        requireDamaged(archive, "leads out of the folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../../evil", "//x", "/@tasks/../x", "/a/../b", "/"})
    void refusesUnsafeNamesInsideTheSession(String rest) throws IOException {
        requireDamaged(hostile(ID + rest, 1, '0'), "is no safe name");
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '2', '3', '4', '6'})
    void refusesLinksAndDevices(char type) throws IOException {
        requireDamaged(hostile(ID + "/link", 0, type), "is no file but a link or a device");
    }

    @Test
    void refusesABomb() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(new ParallelGzip(out), Instant.EPOCH)) {
            int size = 300 << 20;
            tar.add(ID + ".jsonl", size, new Zeros());
        }
        requireDamaged(out.toByteArray(), "it unpacks to more than a session can have");
        assertThat(Files.size(folder.resolve("1"))).isLessThan(200 << 20);
    }

    private static final class Zeros extends InputStream {
        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) 0);
            return length;
        }
    }

    @Test
    void refusesWhatIsNoArchive() throws IOException {
        requireDamaged("<html>".getBytes(UTF_8), "it is no gzip file");
        requireDamaged(gzip("x".repeat(2000).getBytes(UTF_8)), "it is no tar archive");
    }

    @Test
    void noticesAnyCutAndAnyFlippedBit() throws IOException {
        byte[] whole = archive(everyKind());
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(4);
        for (int tries = 0; tries < 60; tries++) {
            byte[] damaged = whole.clone();
            if (tries % 2 == 0) {
                damaged = Arrays.copyOf(whole, random.nextInt(whole.length - 8));
            } else {
                // Not the header's time, flags and system, which nobody checks.
                int at = 10 + random.nextInt(whole.length - 10);
                damaged[at] = (byte) (damaged[at] ^ (1 << random.nextInt(8)));
            }
            byte[] bytes = damaged;
            assertThatThrownBy(() -> {
                        Map<EntryName, Payload> unpacked = unpack(bytes);
                        Verification.verify(new Bundle(everyKind().manifest(), unpacked), "it");
                    })
                    .as("try %d", tries)
                    .isInstanceOf(Failure.class);
        }
    }

    @Test
    void refusesToPackASessionThatChangesMeanwhile() throws IOException {
        Bundle bundle = Bundles.of(ID, 2).build();
        byte[] other = BytesPayload.read(bundle.transcript());
        other[5] ^= 1;
        Bundle changed = new Bundle(bundle.manifest(), Map.of(EntryName.TRANSCRIPT, BytesPayload.of(other)));

        assertThatThrownBy(() -> archive(changed)).isInstanceOf(Failure.class).hasMessageContaining("rewritten while");
    }

    private void requireDamaged(byte[] archive, String why) {
        Failure failure = catchThrowableOfType(Failure.class, () -> unpack(archive));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.DAMAGED);
        assertThat(failure).hasMessageContaining(why);
    }

    /** A header of a tar, of 512 bytes. */
    private static byte[] header(String name, char kind, long size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000700");
        put(header, 124, "%011o".formatted(size));
        put(header, 148, "        ");
        put(header, 156, String.valueOf(kind));
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] bytes, int at, String text) {
        byte[] ascii = text.getBytes(UTF_8);
        System.arraycopy(ascii, 0, bytes, at, ascii.length);
    }

    /** @param zeros behind each header */
    private static byte[] packed(int times, byte[] header, int zeros) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out, 1 << 16)) {
            for (int i = 0; i < times; i++) {
                gzip.write(header);
                byte[] block = new byte[1 << 20];
                for (int left = zeros; left > 0; left -= block.length) {
                    gzip.write(block, 0, Math.min(left, block.length));
                }
            }
        }
        return out.toByteArray();
    }

    @Test
    void refusesAFolderWithContent() throws IOException {
        byte[] archive = packed(1, header("other/", '5', 8L << 30), 1 << 20);

        assertThatThrownBy(() -> unpack(archive)).hasMessageContaining("has content");
    }

    @Test
    void countsWhatItPassesOver() throws IOException {
        byte[] archive = packed(3, header("other.txt", '0', 100 << 20), 100 << 20);

        assertThatThrownBy(() -> unpack(archive)).hasMessageContaining("more than a session can have");
    }

    @Test
    void refusesFoldersWithoutEnd() throws IOException {
        byte[] archive = packed(100_000, header("other/", '5', 0), 0);

        assertThatThrownBy(() -> unpack(archive)).hasMessageContaining("folders");
    }
}
