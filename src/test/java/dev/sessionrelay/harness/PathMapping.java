package dev.sessionrelay.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders that a container sees, and how the runner rewrites values that name them: only a value that is such a
 * path, or begins with one; the first that fits, once.
 */
final class PathMapping {
    private record Mount(Path host, String inside) {}

    private final List<Mount> mounts = new ArrayList<>();

    /** As the runner's: what was added last is tried first. */
    PathMapping add(Path host, String inside) {
        mounts.addFirst(new Mount(host, inside));
        return this;
    }

    String translate(String value) {
        for (Mount mount : mounts) {
            String host = mount.host().toString();
            if (value.equals(host) || value.startsWith(host + "/")) {
                return mount.inside() + value.substring(host.length());
            }
        }
        return value;
    }
}
