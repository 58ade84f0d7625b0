package dev.sessionrelay.store.folder;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoreFactory;
import dev.sessionrelay.transcript.SessionId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** {@code folder:<path>}; without a path, the user's own data folder. Refs are {@code folder:<path>/<session id>}. */
public final class FolderKind implements StoreFactory {

    @Override
    public String scheme() {
        return "folder";
    }

    @Override
    public SessionStore open(String place, StoreContext surroundings) {
        return new FolderStore(place.isEmpty() ? usual(surroundings) : path(place, surroundings));
    }

    @Override
    public SessionStore openFor(Ref ref, StoreContext surroundings) {
        return new FolderStore(path(placeIn(ref), surroundings));
    }

    static String placeIn(Ref ref) {
        int slash = ref.rest().lastIndexOf('/');
        if (slash <= 0 || !SessionId.isOne(ref.rest().substring(slash + 1))) {
            throw Failure.badInput(
                    "\"" + ref + "\" is no ref of a folder store",
                    "it has the form folder:/path/to/sessions/<session id>, as `save` prints it");
        }
        return ref.rest().substring(0, slash);
    }

    static SessionId idIn(Ref ref) {
        return new SessionId(ref.rest().substring(placeIn(ref).length() + 1));
    }

    private static Path usual(StoreContext surroundings) {
        Path data = surroundings
                .variable("XDG_DATA_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> surroundings
                        .variable("HOME")
                        .map(home -> Path.of(home, ".local", "share"))
                        .orElseThrow(() -> Failure.badInput(
                                "cannot tell where to keep sessions: neither XDG_DATA_HOME nor HOME is set",
                                "name a folder with --store folder:/path/to/sessions")));
        return data.resolve("session-relay");
    }

    private static Path path(String place, StoreContext surroundings) {
        try {
            return surroundings.workingFolder().resolve(place).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw Failure.badInput(
                    "\"" + place + "\" is no path", "name a folder, as in --store folder:/path/to/sessions");
        }
    }
}
