package dev.sessionrelay.store.git;

import dev.sessionrelay.git.ObjectName;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** {@code keys/<key>} holds the id of the session that was saved last under that key. */
final class KeyPointer {
    static final String FOLDER = "keys";

    private KeyPointer() {}

    static String path(String key) {
        return FOLDER + "/" + SafeName.of(key);
    }

    static byte[] content(SessionId id) {
        return (id + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** What git calls the pointer to this session. */
    static ObjectId to(SessionId id) {
        return idOf(content(id));
    }

    static ObjectId idOf(byte[] file) {
        return ObjectName.of(Constants.OBJ_BLOB, file);
    }

    static Optional<ObjectId> find(ObjectReader reader, ObjectId tree, Key key) throws IOException {
        return at(reader, tree, path(key.text()));
    }

    /** The paths of all pointers to this session. */
    static List<String> allTo(ObjectReader reader, ObjectId tree, SessionId id) throws IOException {
        Optional<ObjectId> folder = at(reader, tree, FOLDER);
        List<String> paths = new ArrayList<>();
        if (folder.isPresent() && reader.open(folder.get()).getType() == Constants.OBJ_TREE) {
            CanonicalTreeParser pointers = new CanonicalTreeParser(null, reader, folder.get());
            for (; !pointers.eof(); pointers.next()) {
                if (pointers.getEntryObjectId().equals(to(id))) {
                    paths.add(FOLDER + "/" + pointers.getEntryPathString());
                }
            }
        }
        return paths;
    }

    static Optional<ObjectId> at(ObjectReader reader, ObjectId tree, String path) throws IOException {
        try (@Nullable TreeWalk walk = TreeWalk.forPath(reader, path, tree)) {
            return walk == null ? Optional.empty() : Optional.of(walk.getObjectId(0));
        }
    }
}
