package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Finds sessions in a tree, whoever wrote them and in whatever folder: {@code <id>/manifest.json} is one of ours,
 * {@code <id>.jsonl} a transcript that other tools or people put there.
 */
final class SessionTree {
    private static final int DEEPEST = 12;
    private static final int MOST_FOLDERS = 200_000;
    private static final int MOST_FILES = 20_000;

    private final ObjectReader reader;
    private final String where;
    private int folders;

    SessionTree(ObjectReader reader, String where) {
        this.reader = reader;
        this.where = where;
    }

    List<TreePlace> all(ObjectId root) throws IOException {
        List<TreePlace> found = new ArrayList<>();
        walk(root, "", 0, Optional.empty(), found);
        return found;
    }

    Optional<TreePlace> find(ObjectId root, SessionId id) throws IOException {
        List<TreePlace> found = new ArrayList<>();
        walk(root, "", 0, Optional.of(id), found);
        return found.stream().filter(place -> place.id().equals(id)).findFirst();
    }

    private void walk(ObjectId tree, String path, int depth, Optional<SessionId> only, List<TreePlace> found)
            throws IOException {
        if (depth > DEEPEST || ++folders > MOST_FOLDERS) {
            throw unsafe("it has folders in folders without end");
        }
        Map<String, Child> children = read(tree);
        Map<SessionId, TreePlace> here = new TreeMap<>((a, b) -> a.text().compareTo(b.text()));
        for (Child child : children.values()) {
            Optional<SessionId> id = idOf(child);
            if (id.isPresent() && (only.isEmpty() || only.equals(id))) {
                place(id.get(), path, children).ifPresent(place -> here.put(place.id(), place));
            }
        }
        found.addAll(here.values());
        for (Child child : children.values()) {
            if (child.isFolder() && !SessionId.isOne(child.name())) {
                walk(child.id(), path + child.name() + "/", depth + 1, only, found);
            }
        }
    }

    private static Optional<SessionId> idOf(Child child) {
        String name = child.name();
        String base =
                name.endsWith(TreePlace.RECORDS) ? name.substring(0, name.length() - TreePlace.RECORDS.length()) : name;
        boolean fits = base.equals(name) ? child.isFolder() : !child.isFolder();
        return fits ? SessionId.in(base) : Optional.empty();
    }

    private Optional<TreePlace> place(SessionId id, String path, Map<String, Child> siblings) throws IOException {
        Child folder = siblings.get(id.text());
        Child whole = siblings.get(id.text() + TreePlace.RECORDS);
        if (whole != null) {
            requireFile(whole, path);
        }
        Optional<ObjectId> tree =
                Optional.ofNullable(folder).filter(Child::isFolder).map(Child::id);
        Optional<ObjectId> manifest = Optional.empty();
        if (tree.isPresent()) {
            Child file = read(tree.get()).get(TreePlace.MANIFEST);
            if (file != null) {
                requireFile(file, path + id + "/");
                manifest = Optional.of(file.id());
            }
        }
        if (manifest.isEmpty() && whole == null) {
            return Optional.empty();
        }
        return Optional.of(new TreePlace(
                id, path + id, tree, manifest, Optional.ofNullable(whole).map(Child::id)));
    }

    /** All files of a session's folder, by their paths in it. Only plain files and folders are safe to take. */
    Map<String, ObjectId> files(ObjectId tree) throws IOException {
        Map<String, ObjectId> files = new HashMap<>();
        gather(tree, "", 0, files);
        return files;
    }

    private void gather(ObjectId tree, String path, int depth, Map<String, ObjectId> files) throws IOException {
        if (depth > DEEPEST) {
            throw unsafe("it has folders in folders without end");
        }
        for (Child child : read(tree).values()) {
            if (child.isFolder()) {
                gather(child.id(), path + child.name() + "/", depth + 1, files);
            } else {
                requireFile(child, path);
                files.put(path + child.name(), child.id());
            }
            if (files.size() > MOST_FILES) {
                throw unsafe("it has more than " + MOST_FILES + " files");
            }
        }
    }

    private record Child(String name, FileMode mode, ObjectId id) {
        boolean isFolder() {
            return FileMode.TREE.equals(mode);
        }
    }

    private Map<String, Child> read(ObjectId tree) throws IOException {
        Map<String, Child> children = new TreeMap<>();
        try {
            CanonicalTreeParser parser = new CanonicalTreeParser(null, reader, tree);
            while (!parser.eof()) {
                String name = parser.getEntryPathString();
                if (name.equals("..") || name.equals(".") || name.contains("/") || name.indexOf('\0') >= 0) {
                    throw unsafe("it has a file named \"" + SafeText.of(name, 80) + "\"");
                }
                children.put(name, new Child(name, parser.getEntryFileMode(), parser.getEntryObjectId()));
                parser.next();
            }
        } catch (MissingObjectException e) {
            throw unsafe("it lacks a folder that it names (" + tree.name() + ")");
        } catch (IncorrectObjectTypeException | IndexOutOfBoundsException e) {
            // The parser takes it that git wrote the tree.
            throw unsafe("it has a folder that git cannot have written (" + tree.name() + ")");
        }
        return children;
    }

    private void requireFile(Child child, String path) {
        String name = "\"" + SafeText.of(path + child.name(), 160) + "\"";
        if (FileMode.SYMLINK.equals(child.mode())) {
            throw unsafe(name + " is a link");
        }
        if (FileMode.GITLINK.equals(child.mode())) {
            throw unsafe(name + " is a submodule");
        }
        if (child.isFolder()) {
            throw unsafe(name + " is a folder where a file should be");
        }
    }

    private Failure unsafe(String why) {
        return Failure.damaged(
                "what " + where + " holds is not safe to restore: " + why,
                "nothing was changed here; look at the branch with git, and restore an earlier save (`session-relay"
                        + " history`) if this is not yours");
    }
}
