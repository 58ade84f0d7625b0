package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.ObjectName;
import dev.sessionrelay.git.Remote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Changes to a tree of files. Only the folders on the way to a change are read, and only new ones are written. */
final class TreeEdit {

    private sealed interface Node permits Kept, EditedFolder {}

    private record Kept(FileMode mode, ObjectId id) implements Node {}

    private record EditedFolder(Map<String, Node> entries) implements Node {}

    private final Optional<ObjectReader> reader;
    private final EditedFolder root;

    /** A tree that is to begin with nothing: there is nothing to read. */
    TreeEdit() {
        this.reader = Optional.empty();
        this.root = new EditedFolder(new HashMap<>());
    }

    TreeEdit(ObjectReader reader, ObjectId tree) throws IOException {
        this.reader = Optional.of(reader);
        this.root = read(tree);
    }

    private EditedFolder read(ObjectId tree) throws IOException {
        Map<String, Node> entries = new HashMap<>();
        CanonicalTreeParser parser = new CanonicalTreeParser(null, reader.orElseThrow(), tree);
        while (!parser.eof()) {
            entries.put(parser.getEntryPathString(), new Kept(parser.getEntryFileMode(), parser.getEntryObjectId()));
            parser.next();
        }
        return new EditedFolder(entries);
    }

    void put(String path, ObjectId file) throws IOException {
        List<String> parts = List.of(path.split("/", -1));
        EditedFolder at = root;
        for (String part : parts.subList(0, parts.size() - 1)) {
            at = descend(at, part, path);
        }
        at.entries().put(parts.getLast(), new Kept(FileMode.REGULAR_FILE, file));
    }

    private EditedFolder descend(EditedFolder at, String part, String path) throws IOException {
        Node next = at.entries().get(part);
        EditedFolder folder = switch (next) {
            case null -> new EditedFolder(new HashMap<>());
            case EditedFolder already -> already;
            case Kept(FileMode mode, ObjectId id) when FileMode.TREE.equals(mode) -> read(id);
            case Kept other ->
                throw Failure.damaged(
                        "\"" + part + "\" on the way to " + path + " is a file or a link, not a folder",
                        "look at the branch with git, or use another path");
        };
        at.entries().put(part, folder);
        return folder;
    }

    /** Takes away a file or a folder; folders that it leaves empty go as well. */
    void remove(String path) throws IOException {
        remove(root, List.of(path.split("/", -1)), path);
    }

    private void remove(EditedFolder at, List<String> parts, String path) throws IOException {
        String first = parts.getFirst();
        if (parts.size() == 1 || !at.entries().containsKey(first)) {
            at.entries().remove(first);
            return;
        }
        EditedFolder below = descend(at, first, path);
        remove(below, parts.subList(1, parts.size()), path);
        if (below.entries().isEmpty()) {
            at.entries().remove(first);
        }
    }

    boolean isEmpty() {
        return root.entries().isEmpty();
    }

    ObjectId write(Remote.Outbox outbox) throws IOException {
        return write(root, outbox);
    }

    private ObjectId write(EditedFolder folder, Remote.Outbox outbox) throws IOException {
        TreeFormatter tree = new TreeFormatter();
        List<String> names = folder.entries().keySet().stream()
                .sorted(Comparator.comparing(name -> inGitsOrder(folder, name), Arrays::compareUnsigned))
                .toList();
        for (String name : names) {
            switch (folder.entries().get(name)) {
                case Kept(FileMode mode, ObjectId id) -> tree.append(name, mode, id);
                case EditedFolder below -> tree.append(name, FileMode.TREE, write(below, outbox));
                case null -> throw new IllegalStateException(name);
            }
        }
        byte[] content = tree.toByteArray();
        ObjectId id = ObjectName.of(Constants.OBJ_TREE, content);
        // A tree that was fetched is there already: it need not be sent.
        boolean isThere = reader.isPresent() && reader.get().has(id);
        return isThere ? id : outbox.add(Constants.OBJ_TREE, content);
    }

    /** Git sorts a folder as if its name ended with a slash. */
    private static byte[] inGitsOrder(EditedFolder folder, String name) {
        boolean isFolder = switch (folder.entries().get(name)) {
            case Kept kept -> FileMode.TREE.equals(kept.mode());
            case EditedFolder below -> true;
            case null -> false;
        };
        return (isFolder ? name + "/" : name).getBytes(StandardCharsets.UTF_8);
    }
}
