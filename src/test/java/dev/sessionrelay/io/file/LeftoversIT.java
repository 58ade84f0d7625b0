package dev.sessionrelay.io.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a root that was killed has left in a user's folder. */
@Needs(Tool.ROOT)
class LeftoversIT {
    private static final Owner USER = new Owner(1001, 1001);

    private Path home;
    private Path deep;

    @BeforeEach
    void aUsersFolders(@TempDir Path temp) throws IOException {
        home = Files.createDirectory(temp.toRealPath().resolve("user"));
        USER.take(home);
        deep = home.resolve("a/b");
        PrivateFolder.make(deep, USER);
    }

    @Test
    void theRoomOfAProcessThatLivesIsLeftAndTheSameAtOnceRemovedWhenItIsKilled() throws Exception {
        Process maker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Maker.class.getName(),
                        deep.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat((char) maker.getInputStream().read()).isEqualTo('m');
            Path room = roomIn(deep);

            Leftovers.sweepUpFrom(deep, USER);
            WholeFile.sweep(deep);
            assertThat(room.resolve("work")).hasContent("half");
        } finally {
            maker.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        }
        Leftovers.sweepUpFrom(deep.resolve("gone"), USER);
        assertThat(deep).isEmptyDirectory();
    }

    /** Makes a file for another user, and is not done with it. */
    static final class Maker {
        private Maker() {}

        public static void main(String[] arguments) throws IOException {
            WholeFile.write(Path.of(arguments[0], "file"), USER, out -> {
                out.write("half".getBytes(StandardCharsets.UTF_8));
                out.flush();
                System.out.print('m');
                System.out.flush();
                sleep();
            });
        }

        private static void sleep() throws IOException {
            try {
                Thread.sleep(Duration.ofMinutes(2));
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    void oneOfThisProcessIsLeft() throws IOException {
        WholeFile.write(deep.resolve("file"), USER, out -> {
            Leftovers.sweepDownFrom(home, USER);
            Leftovers.sweepUpFrom(deep, USER);
            out.write('x');
        });
        assertThat(deep.resolve("file")).hasContent("x");
        assertThat(Files.getAttribute(deep.resolve("file"), "unix:uid")).isEqualTo(1001);
    }

    @Test
    void whatWasNotLockedYetGoesWhenItIsEmptyOrOld() throws IOException {
        Path empty = room(home, "1", Duration.ZERO);
        Path full = room(home.resolve("a"), "2", Duration.ZERO);
        Files.writeString(full.resolve("work"), "x");
        Path old = room(deep, "3", Duration.ofHours(2));
        Files.writeString(old.resolve("work"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        Leftovers.sweepUpFrom(deep, USER);

        assertThat(empty).doesNotExist();
        assertThat(full.resolve("work")).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void nothingThatTheUserMadeIsTaken() throws IOException {
        Path users = room(deep, "4", Duration.ofHours(2));
        Files.writeString(users.resolve("in-use"), "");
        USER.take(users);
        Path link = Files.createSymbolicLink(deep.resolve(".room-5.relay-tmp"), home);

        Leftovers.sweepDownFrom(home, USER);
        WholeFile.sweep(deep);

        assertThat(users.resolve("in-use")).exists();
        assertThat(link).isSymbolicLink();
    }

    private static Path room(Path folder, String name, Duration age) throws IOException {
        Path room = Files.createDirectory(
                folder.resolve(".room-" + name + ".relay-tmp"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setLastModifiedTime(room, FileTime.from(Instant.now().minus(age)));
        return room;
    }

    private static Path roomIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.findFirst().orElseThrow();
        }
    }
}
