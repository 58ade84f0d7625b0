package dev.sessionrelay.agent.claude;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The name of the folder in which Claude Code keeps the sessions of a working folder. The name is lossy: {@code a_b},
 * {@code a-b} and {@code a.b} share one.
 */
public final class ProjectFolder {
    private static final int LONGEST = 200;

    private ProjectFolder() {}

    /** The name for this absolute path, as Claude Code makes it from UTF-16 units. */
    public static String nameOf(String path) {
        StringBuilder name = new StringBuilder(path.length());
        int hash = 0;
        for (int i = 0; i < path.length(); i++) {
            char unit = path.charAt(i);
            name.append(isKept(unit) ? unit : '-');
            hash = 31 * hash + unit;
        }
        if (name.length() <= LONGEST) {
            return name.toString();
        }
        return name.substring(0, LONGEST) + "-" + Long.toString(Math.abs((long) hash), 36);
    }

    /**
     * What a person should know of this folder of sessions: Claude Code 2.1.20 and those before it did not cut the
     * names of long paths, and look in another folder.
     *
     * @param realFolder the working folder that the sessions are of
     */
    public static Optional<String> warningFor(Path project, Path realFolder) {
        String path = realFolder.toString();
        if (path.length() <= LONGEST || !project.endsWith(nameOf(path))) {
            return Optional.empty();
        }
        return Optional.of(
                "the path of this working folder has " + path.length() + " characters, and the session lies where"
                        + " Claude Code 2.1.100 and later look for it; 2.1.20 and earlier do not shorten the name of so long a path, and"
                        + " do not find it: continue with a later one, or in a folder whose path has at most " + LONGEST
                        + " characters");
    }

    private static boolean isKept(char unit) {
        return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z') || (unit >= '0' && unit <= '9');
    }

    /**
     * The path that Claude Code will see when it is started in this folder: links resolved, as far as the folder is
     * there already. A session may be restored before its folder has been checked out.
     */
    public static Path realPath(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        if (Files.exists(absolute)) {
            return absolute.toRealPath();
        }
        Path above = absolute.getParent();
        return above == null ? absolute : realPath(above).resolve(absolute.getFileName());
    }
}
