package dev.sessionrelay.action.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTest {
    private static final String LONG = "claude/projects/" + "-très-long".repeat(20) + "/x.jsonl";

    @TempDir
    private Path folder;

    @Test
    void readsWhatItWrote() throws IOException {
        byte[] tar = tar("claude/a.jsonl", LONG);
        assertThat(read(tar))
                .containsExactly(
                        "FOLDER claude/ 1001:121 700 ",
                        "FILE claude/a.jsonl 1001:121 600 of claude/a.jsonl",
                        "FILE " + LONG + " 1001:121 600 of " + LONG);
    }

    /** Another implementation reads ours, and we read its three dialects. */
    @ParameterizedTest
    @ValueSource(strings = {"gnu", "pax", "ustar"})
    void understandsTheCommonTar(String dialect) throws IOException, InterruptedException {
        Path file = folder.resolve("claude")
                .resolve("n".repeat(dialect.equals("ustar") ? 90 : 150))
                .resolve("a.txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "content");
        Files.createSymbolicLink(folder.resolve("claude/link"), Path.of("/etc/passwd"));
        Path tar = folder.resolve("out.tar");
        run("tar", "--format=" + dialect, "--sort=name", "-C", folder.toString(), "-cf", tar.toString(), "claude");
        List<String> kinds = new ArrayList<>();
        TarInput in = new TarInput(Files.newInputStream(tar));
        for (Optional<TarEntry> entry = in.next(); entry.isPresent(); entry = in.next()) {
            kinds.add(entry.get().kind() + " " + entry.get().name());
        }
        assertThat(kinds)
                .containsExactly(
                        "FOLDER claude/",
                        "LINK claude/link",
                        "FOLDER " + folder.relativize(file.getParent()) + "/",
                        "FILE " + folder.relativize(file));
    }

    @Test
    void theCommonTarUnderstandsIt() throws IOException, InterruptedException {
        Path tar = folder.resolve("ours.tar");
        Files.write(tar, tar("claude/a.jsonl", LONG));
        run("tar", "--no-same-owner", "-C", folder.toString(), "-xf", tar.toString());
        assertThat(folder.resolve(LONG)).hasContent("of " + LONG);
    }

    @Test
    void aTarThatWasCutShortIsAnError() throws IOException {
        byte[] tar = tar("claude/a.jsonl", LONG);
        for (int length : new int[] {0, 100, 512, 1030, 1536, tar.length - 1024}) {
            InputStream cut = new ByteArrayInputStream(tar, 0, length);
            assertThatThrownBy(() -> readAll(cut)).as("after %d bytes", length).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aDamagedHeaderIsAnError() throws IOException {
        byte[] tar = tar("claude/a.jsonl");
        tar[3] ^= 1;
        assertThatThrownBy(() -> read(tar)).hasMessageContaining("broken header");
    }

    @Test
    void aFileThatShrinksWhileItIsSentIsAnError() {
        TarOutput out = new TarOutput(new ByteArrayOutputStream());
        InputStream shorter = new ByteArrayInputStream(new byte[2]);
        assertThatThrownBy(() -> out.file(TarEntry.file("a", 3, 0, 0), shorter)).hasMessageContaining("shorter");
    }

    private static byte[] tar(String... files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarOutput tar = new TarOutput(bytes);
        tar.folder(TarEntry.folder("claude", 1001, 121));
        for (String file : files) {
            byte[] content = ("of " + file).getBytes(StandardCharsets.UTF_8);
            tar.file(TarEntry.file(file, content.length, 1001, 121), new ByteArrayInputStream(content));
        }
        tar.end();
        return bytes.toByteArray();
    }

    private static List<String> read(byte[] tar) throws IOException {
        return readAll(new ByteArrayInputStream(tar));
    }

    private static List<String> readAll(InputStream tar) throws IOException {
        List<String> read = new ArrayList<>();
        TarInput in = new TarInput(tar);
        for (Optional<TarEntry> entry = in.next(); entry.isPresent(); entry = in.next()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            in.copyTo(content);
            TarEntry is = entry.get();
            read.add(is.kind() + " " + is.name() + " " + is.uid() + ":" + is.gid() + " "
                    + Integer.toOctalString(is.mode()) + " " + content.toString(StandardCharsets.UTF_8));
        }
        return read;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
