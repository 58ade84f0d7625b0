package dev.sessionrelay.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Whom new files are to belong to. Only root can give files away, so for everybody else this changes nothing; as root it
 * matters much: a transcript that its user cannot write resumes, and silently loses every new turn.
 */
public record Owner(int uid, int gid) {

    /** The owner of the nearest part of this path that exists. */
    public static Owner ofNearest(Path path) throws IOException {
        Path here = path.toAbsolutePath();
        while (!Files.exists(here)) {
            here = Objects.requireNonNull(here.getParent(), "the root of a file system exists");
        }
        return new Owner((int) Files.getAttribute(here, "unix:uid"), (int) Files.getAttribute(here, "unix:gid"));
    }

    /** Gives a file or folder that root has made to the owner, where this process may. */
    public void take(Path made) throws IOException {
        int maker = (int) Files.getAttribute(made, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (maker == 0 && (uid != 0 || gid != 0)) {
            Files.setAttribute(made, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(made, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
