package dev.sessionrelay.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    private Path folder;
    private Path file;
    private Owner owner;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        folder = temp;
        file = temp.resolve("file.txt");
        owner = Owner.ofNearest(temp.resolve("not/there"));
    }

    @Test
    void writesAFileThatOnlyItsOwnerMayRead() throws IOException {
        write("text");

        assertThat(file).hasContent("text");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith("tmp"));
    }

    @Test
    void keepsTheOldFileWhenWritingBreaksOff() throws IOException {
        write("old");

        assertThatThrownBy(() -> WholeFile.write(file, owner, out -> {
                    out.write('n');
                    throw new IOException("no space left");
                }))
                .hasMessage("no space left");
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void keepsTheOldFileWhenTheLastLookSaysSo() throws IOException {
        write("old");

        assertThatThrownBy(() -> WholeFile.write(file, owner, out -> out.write('n'), () -> {
                    throw new IOException("changed meanwhile");
                }))
                .hasMessage("changed meanwhile");
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void replacesALinkAndNotWhatItPointsTo() throws IOException {
        Path other = Files.writeString(folder.resolve("other.txt"), "mine");
        Files.createSymbolicLink(file, other);
        write("new");

        assertThat(other).hasContent("mine");
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }

    @Test
    void sweepsOnlyWhatItLeftItselfLongAgo() throws IOException {
        Path old = Files.writeString(folder.resolve(".x.1.relay-tmp"), "x");
        Path fresh = Files.writeString(folder.resolve(".y.2.relay-tmp"), "x");
        Path foreign = Files.writeString(folder.resolve("z.tmp"), "x");
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(old, longAgo);
        Files.setLastModifiedTime(foreign, longAgo);
        WholeFile.sweep(folder);

        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(foreign).exists();
        assertThat(WholeFile.isOld(folder.resolve("gone"))).isFalse();
    }

    @Test
    void listsAndRemovesWhatLiesBelowWithoutFollowingLinks() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("a/b"));
        Path one = Files.writeString(inside.resolve("one.txt"), "1");
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("two.txt"), "2");
        Files.createSymbolicLink(inside.resolve("link"), outside);

        assertThat(PathBelow.files(folder.resolve("a"))).containsExactly(one);
        assertThat(PathBelow.files(folder.resolve("gone"))).isEmpty();
        PathBelow.remove(folder.resolve("a"));
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(outside.resolve("two.txt")).exists();
        PathBelow.remove(folder.resolve("gone"));
    }

    @Test
    void makesFoldersThatOnlyTheirOwnerMayEnter() throws IOException {
        PrivateFolder.make(folder.resolve("x/y"), owner);
        PrivateFolder.make(folder.resolve("x/y"), owner);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("x"))))
                .isEqualTo("rwx------");
        write("in the way");
        assertThatThrownBy(() -> PrivateFolder.make(file, owner)).isInstanceOf(IOException.class);
    }

    private void write(String text) throws IOException {
        WholeFile.write(file, owner, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
