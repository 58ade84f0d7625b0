package dev.sessionrelay.io.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Whom new files are to belong to. Only root can give files away, so for everybody else this changes nothing; as root
 * it matters much: a transcript that its user cannot write resumes, and silently loses every new turn.
 */
public record Owner(int uid, int gid) {
    private static final boolean RUNS_AS_ROOT = "root".equals(System.getProperty("user.name"));

    static boolean runsAsRoot() {
        return RUNS_AS_ROOT;
    }

    /** Whether what root makes for this owner is made where they cannot lay hands on it before it is theirs. */
    public boolean isAnothersUser() {
        return RUNS_AS_ROOT && uid != 0;
    }

    /** The owner of the nearest part of this path that exists. */
    public static Owner ofNearest(Path path) throws IOException {
        Path here = path.toAbsolutePath();
        while (!Files.exists(here)) {
            here = Objects.requireNonNull(here.getParent(), "the root of a file system exists");
        }
        return new Owner((int) Files.getAttribute(here, "unix:uid"), (int) Files.getAttribute(here, "unix:gid"));
    }

    /**
     * Gives a file or folder that this process, or one that was killed, has just made to the owner, if this process
     * may.
     */
    public void take(Path made) throws IOException {
        int maker = (int) Files.getAttribute(made, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (RUNS_AS_ROOT && maker == 0 && (uid != 0 || gid != 0)) {
            // The user comes last: a file that is still root's is known to be unfinished.
            Files.setAttribute(made, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(made, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
