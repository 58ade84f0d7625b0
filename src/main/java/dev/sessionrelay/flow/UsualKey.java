package dev.sessionrelay.flow;

import dev.sessionrelay.store.Key;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The key of work in a folder on a person's machine, where no event says what the work is about:
 * {@code <project>/branch-<name>} in a checkout, else {@code folder-<name>}. The project is named because one folder store
 * serves them all.
 */
public final class UsualKey {
    private UsualKey() {}

    public static Key of(Path workingFolder) {
        Optional<Checkout> checkout = Checkout.around(workingFolder);
        return checkout.flatMap(Checkout::branch)
                .map(branch -> new Key(checkout.get().name() + "/branch-" + branch))
                .orElseGet(() -> new Key("folder-" + nameOf(workingFolder)));
    }

    private static String nameOf(Path folder) {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? "root" : last.toString();
    }
}
