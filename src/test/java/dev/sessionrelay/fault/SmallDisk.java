package dev.sessionrelay.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file system of its own that is soon full, and can be given room again. */
record SmallDisk(Path folder) implements AutoCloseable {

    private static final String FILLER = "filler";

    static SmallDisk mountedAt(Path folder) throws IOException {
        succeed(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=7m",
                "small",
                Files.createDirectory(folder).toString());
        return new SmallDisk(folder);
    }

    void enlarge() throws IOException {
        succeed("mount", "-o", "remount,size=40m", folder.toString());
    }

    /** Takes all the room but this. */
    void fillUpTo(long free) throws IOException {
        Path filler = folder.resolve(FILLER);
        Files.deleteIfExists(filler);
        long size = Files.getFileStore(folder).getUsableSpace() - free;
        try (OutputStream out = Files.newOutputStream(filler)) {
            out.write(new byte[Math.toIntExact(size)]);
        }
    }

    /** All that others have put there. */
    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(FILLER))
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        succeed("umount", "-l", folder.toString());
    }

    private static void succeed(String... command) throws IOException {
        Relay.Ran ran = Relay.run(command);
        assertThat(ran.exit()).as(ran.err()).isZero();
    }
}
