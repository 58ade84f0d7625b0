package dev.sessionrelay.io.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a killed root has left in a user's folders: workshops, which that user can neither enter nor remove. The next
 * root that comes by removes them. It is a help and no more: what cannot be removed stays.
 */
public final class Leftovers {
    private Leftovers() {}

    /** In the folder, and in those above it as far as these are the owner's. */
    public static void sweepUpFrom(Path folder, Owner owner) {
        if (!owner.isAnothersUser()) {
            return;
        }
        @Nullable Path here = HeldFolder.shown(folder.toAbsolutePath());
        while (here != null && (!Files.exists(here) || isOf(owner, here))) {
            Workshop.sweepIn(here);
            here = here.getParent();
        }
    }

    private static boolean isOf(Owner owner, Path folder) {
        try {
            return Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                    .equals(owner.uid());
        } catch (IOException gone) {
            return false;
        }
    }

    /** In the folder and in all below it. */
    public static void sweepDownFrom(Path folder, Owner owner) {
        if (!owner.isAnothersUser() || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            PathBelow.folders(folder).forEach(Workshop::sweepIn);
        } catch (IOException unreadable) {
            // What cannot be looked through cannot be swept.
        }
    }
}
