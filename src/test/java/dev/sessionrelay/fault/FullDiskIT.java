package dev.sessionrelay.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up: a small file system of its own, which is enlarged afterwards. */
@Needs(Tool.ROOT)
class FullDiskIT {
    private static final int SOME = 9_000;
    private static final int MORE = 18_000;

    private final Relay relay = Relay.built();

    @TempDir
    private Path folder;

    private SmallDisk disk;

    @BeforeEach
    void mountASmallDisk() throws IOException {
        disk = SmallDisk.mountedAt(folder.resolve("disk"));
    }

    @AfterEach
    void unmount() throws IOException {
        disk.close();
    }

    @Test
    void aSaveThatDoesNotFitLeavesTheEarlierOne() throws IOException {
        Recording recording = Recording.in(folder.resolve("claude")).grow(0, SOME);
        Path store = disk.folder().resolve("store");
        assertThat(save(recording, store).exit()).isZero();
        recording.grow(SOME, MORE);

        Relay.Ran full = save(recording, store);

        assertThat(full.err()).isEqualTo("""
                        session-relay: could not save session %s: the disk is full at folder:%s
                          free some room there, or choose another place, and run this again: nothing was changed
                        """.formatted(recording.id(), store));
        assertThat(full.exit()).isEqualTo(5);
        assertThat(leftovers()).isEmpty();
        Recording earlier = Recording.in(folder.resolve("earlier"));
        assertThat(restore(earlier, store).exit()).isZero();
        assertThat(earlier.transcript()).hasContent(recording.lines(0, SOME));

        disk.enlarge();
        assertThat(save(recording, store).exit()).isZero();
        Recording later = Recording.in(folder.resolve("later"));
        assertThat(restore(later, store).exit()).isZero();
        assertThat(later.transcript()).hasSameBinaryContentAs(recording.transcript());
    }

    @Test
    void aFirstSaveThatDoesNotFitLeavesNothingToFind() throws IOException {
        Recording recording = Recording.in(folder.resolve("claude")).grow(0, MORE);
        Path store = disk.folder().resolve("store");

        assertThat(save(recording, store).exit()).isEqualTo(5);

        assertThat(leftovers()).isEmpty();
        assertThat(restore(Recording.in(folder.resolve("elsewhere")), store).exit())
                .isEqualTo(1);
        disk.enlarge();
        assertThat(save(recording, store).exit()).isZero();
    }

    @Test
    void aRestoreThatDoesNotFitLeavesWhatIsThere() throws IOException {
        Path store = folder.resolve("store");
        Recording recording = Recording.in(folder.resolve("claude")).grow(0, SOME);
        Recording here = Recording.in(disk.folder().resolve("claude")).grow(0, SOME);
        recording.grow(SOME, MORE);
        assertThat(save(recording, store).exit()).isZero();
        String before = Files.readString(here.transcript(), StandardCharsets.UTF_8);

        Relay.Ran full = restore(here, store);

        assertThat(full.err()).isEqualTo("""
                        session-relay: could not restore session %s: the disk is full at %s
                          free some room there, or choose another place, and run this again: nothing was changed
                        """.formatted(here.id(), here.home()));
        assertThat(full.exit()).isEqualTo(5);
        assertThat(here.transcript()).hasContent(before);
        assertThat(leftovers()).isEmpty();

        disk.enlarge();
        assertThat(restore(here, store).exit()).isZero();
        assertThat(here.transcript()).hasSameBinaryContentAs(recording.transcript());
    }

    private Relay.Ran save(Recording recording, Path store) throws IOException {
        return relay.run("save", recording, "folder:" + store);
    }

    private Relay.Ran restore(Recording recording, Path store) throws IOException {
        return relay.run("restore", recording, "folder:" + store);
    }

    private List<Path> leftovers() throws IOException {
        return disk.files().stream()
                .filter(file -> file.toString().endsWith(".relay-tmp"))
                .toList();
    }
}
