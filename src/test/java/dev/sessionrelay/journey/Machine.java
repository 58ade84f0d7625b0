package dev.sessionrelay.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a session lives: a user's home, and the folder that is worked in. */
record Machine(Path home, Path work) {

    static Machine in(Path folder, String home, String work) throws IOException {
        return new Machine(
                Files.createDirectories(folder.resolve(home)).toRealPath(),
                Files.createDirectories(folder.resolve(work)).toRealPath());
    }

    SessionOnDisk session(String id) throws IOException {
        return SessionOnDisk.in(home, id);
    }
}
