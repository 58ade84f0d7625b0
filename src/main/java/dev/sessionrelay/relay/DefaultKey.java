package dev.sessionrelay.relay;

import dev.sessionrelay.git.checkout.Checkout;
import dev.sessionrelay.store.Key;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The key of work in a folder on a person's machine, where no event says what the work is about: {@code branch-<name>}
 * in a checkout, as on a runner, else {@code folder-<name>}. Where one store serves all of a person's projects, the
 * project comes first: {@code <project>/branch-<name>}.
 */
public final class DefaultKey {
    private DefaultKey() {}

    public static Key of(Path workingFolder, boolean namesProject) {
        Optional<Checkout> checkout = Checkout.around(workingFolder);
        return checkout.flatMap(Checkout::branch)
                .map(branch -> Key.ofName((namesProject ? checkout.get().name() + "/" : "") + "branch-" + branch))
                .orElseGet(() -> Key.ofName("folder-" + nameOf(workingFolder)));
    }

    private static String nameOf(Path folder) {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        return last == null ? "root" : last.toString();
    }
}
