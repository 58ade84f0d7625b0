package dev.sessionrelay.io.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {

    private static Path leftBehind(String name, Duration age) throws IOException {
        Path folder = Files.createTempDirectory("session-relay-" + name + "-");
        Files.createFile(folder.resolve(".in-use"));
        Files.writeString(folder.resolve("session.jsonl"), "{}");
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(age)));
        return folder;
    }

    @Test
    void isForThisUserAloneAndGoesWhenClosed() throws IOException {
        Path path;
        try (TemporaryFolder folder = TemporaryFolder.make("test")) {
            path = folder.path();
            Files.writeString(path.resolve("inside"), "x");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void removesWhatAKilledProcessLeft() throws IOException {
        Path left = leftBehind("left", Duration.ofMinutes(1));
        Path young = leftBehind("young", Duration.ZERO);

        TemporaryFolder.make("test").close();

        assertThat(left).doesNotExist();
        assertThat(young).exists();
        PathBelow.remove(young);
    }
}
