package dev.sessionrelay.io.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;

/**
 * Which links root follows. One leads on when nobody but root could have laid it there, or when whoever may have done
 * so owns what it leads to: the owner of the folder it lies in, or the link's own. So a user can keep sessions on
 * another disk, and cannot have root read or write for them what is not theirs.
 */
final class LinkRule {
    private static final int ROOT = 0;

    private LinkRule() {}

    /** A link that root does not follow. */
    static final class LinkRefused extends AccessDeniedException {
        private static final long serialVersionUID = 1;

        LinkRefused(Path link, String reason) {
            super(link.toString(), null, reason);
        }
    }

    /**
     * @param shown what a person calls the link
     * @param at where it can be looked at
     */
    static void require(
            Path shown, PosixFileAttributes link, Path at, PosixFileAttributes folder, PosixFileAttributes target)
            throws IOException {
        if (!Owner.runsAsRoot() || isRootsAlone(folder) || target.owner().equals(folder.owner())) {
            return;
        }
        // Somebody may give a link of root's another name, where the system lets them.
        if (link.owner().equals(target.owner()) && (!isRoots(at) || number(at, "nlink") == 1)) {
            return;
        }
        throw new LinkRefused(shown, "it is a link of " + link.owner() + " to what belongs to " + target.owner());
    }

    /** Of somebody else's file a user may make a second name in a folder of theirs, where the system lets them. */
    static void requireOneName(Path shown, PosixFileAttributes file, Path at, PosixFileAttributes folder)
            throws IOException {
        if (Owner.runsAsRoot()
                && !isRootsAlone(folder)
                && !file.owner().equals(folder.owner())
                && number(at, "nlink") > 1) {
            throw new LinkRefused(shown, "it is another name of a file that belongs to " + file.owner());
        }
    }

    static boolean isRootsAlone(PosixFileAttributes folder) throws IOException {
        return "root".equals(folder.owner().getName())
                && !folder.permissions().contains(PosixFilePermission.GROUP_WRITE)
                && !folder.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static boolean isRoots(Path file) throws IOException {
        return number(file, "uid") == ROOT;
    }

    private static int number(Path file, String attribute) throws IOException {
        return (int) Files.getAttribute(file, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
    }
}
