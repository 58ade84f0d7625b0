package dev.sessionrelay.action.home;

import dev.sessionrelay.action.docker.Engine;
import dev.sessionrelay.action.docker.HostFolders;
import dev.sessionrelay.action.docker.TarEntry;
import dev.sessionrelay.io.file.Owner;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a path on the host that is the runner user's own. The engine works as root, and so does what is done
 * through it: nothing that belongs to somebody else is to be changed by it, and nothing of root's reached by a link of
 * the user's. So only the uppermost folder that is the user's is bound, and from there down the engine resolves links
 * inside the helper container, where they lead to nothing of the host.
 *
 * @param top the uppermost folder of the user's
 * @param below the rest of the path, which may be empty, and of which parts may be missing
 */
record OwnFolders(Path top, Path below) {
    private static final String HOST = "host";

    /** @throws IOException with words, when the path is none that the user could have made */
    static OwnFolders find(Engine engine, String image, String path, Owner user) throws IOException {
        Path wanted = absolute(path);
        try (HostFolders host = HostFolders.bind(engine, image, Map.of(HOST, new HostFolders.Binding("/", true)))) {
            Optional<Path> top = Optional.empty();
            for (int depth = 1; depth <= wanted.getNameCount(); depth++) {
                Path part = Path.of("/").resolve(wanted.subpath(0, depth));
                Optional<TarEntry> there = host.look(HOST + part);
                if (there.isEmpty()) {
                    break;
                }
                boolean isOwn = there.get().uid() == user.uid();
                if (there.get().kind() != TarEntry.TarKind.FOLDER) {
                    throw new IOException(part + " is not a folder"
                            + (there.get().kind() == TarEntry.TarKind.LINK
                                    ? " but a link: name the folder itself"
                                    : ""));
                }
                if (isOwn && (top.isEmpty() || user.uid() == 0)) {
                    top = Optional.of(part);
                }
                if (top.isPresent() && !isOwn) {
                    throw new IOException(part + belongsTo(there.get(), user));
                }
            }
            Path found = top.orElseThrow(() -> new IOException(
                    "no folder on the way to " + wanted + " belongs to the runner's user (uid " + user.uid() + ")"));
            return new OwnFolders(found, found.relativize(wanted));
        }
    }

    static String belongsTo(TarEntry folder, Owner user) {
        return " belongs to uid " + folder.uid() + ", and not to the runner's user (uid " + user.uid() + ")";
    }

    private static Path absolute(String path) throws IOException {
        try {
            Path wanted = Path.of(path).normalize();
            // A colon would end the name in what the engine is told to bind.
            if (wanted.isAbsolute() && wanted.getNameCount() > 0 && !path.contains(":")) {
                return wanted;
            }
        } catch (InvalidPathException e) {
            // As below.
        }
        throw new IOException("it is not the path of a folder below /");
    }
}
