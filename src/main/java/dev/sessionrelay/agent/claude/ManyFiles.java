package dev.sessionrelay.agent.claude;

import dev.sessionrelay.io.Parallel;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.io.file.PrivateFolder;
import dev.sessionrelay.io.file.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** Files written several at once: most of the time goes into waiting for the disk. */
final class ManyFiles {
    private static final int WRITERS = 8;

    private final Owner owner;
    private final List<Callable<Long>> work = new ArrayList<>();
    private final Set<Path> folders = new TreeSet<>();

    ManyFiles(Owner owner) {
        this.owner = owner;
    }

    void add(Payload payload, Path target) {
        folders.add(Objects.requireNonNull(target.getParent()));
        work.add(() -> {
            WholeFile.writeOneOfMany(target, owner, out -> {
                try (InputStream in = payload.open()) {
                    in.transferTo(out);
                }
            });
            return payload.size();
        });
    }

    /** The number of bytes. */
    long write() throws IOException {
        if (work.isEmpty()) {
            return 0;
        }
        long written = 0;
        for (long one : Parallel.run(WRITERS, work)) {
            written += one;
        }
        for (Path folder : folders) {
            PrivateFolder.flush(folder);
        }
        return written;
    }
}
