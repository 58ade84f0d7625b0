package dev.sessionrelay.store.git.wire;

import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** A repository in a folder that this machine reaches: nothing is sent, objects are read and written in place. */
final class FolderRemote implements Remote {
    private final String name;
    private final Path folder;
    private final Scratch scratch;
    private @Nullable Repository repository;

    FolderRemote(String name, Path folder, Scratch scratch) {
        this.name = name;
        this.folder = folder;
        this.scratch = scratch;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized Repository objects() throws IOException {
        if (repository == null) {
            Path inside = Files.isDirectory(folder.resolve(".git")) ? folder.resolve(".git") : folder;
            if (!Files.isDirectory(inside.resolve("objects")) || !Files.exists(inside.resolve("HEAD"))) {
                throw Failure.badInput(
                        folder + (Files.exists(folder) ? " is no git repository" : " is not there"),
                        "make one with `git init --bare " + folder + "`, or name another with --repository");
            }
            repository = FetchedObjects.open(inside);
        }
        return repository;
    }

    @Override
    public Map<String, ObjectId> branches(Collection<String> prefixes) throws IOException {
        Map<String, ObjectId> found = new TreeMap<>();
        for (String prefix : prefixes) {
            for (Ref ref : objects().getRefDatabase().getRefsByPrefix(Constants.R_HEADS + prefix)) {
                if (ref.getObjectId() != null) {
                    found.put(ref.getName().substring(Constants.R_HEADS.length()), ref.getObjectId());
                }
            }
        }
        return found;
    }

    @Override
    public Optional<Tip> defaultBranch() throws IOException {
        Ref head = objects().exactRef(Constants.HEAD);
        if (head == null || head.getObjectId() == null || !head.isSymbolic()) {
            return Optional.empty();
        }
        String branch = head.getTarget().getName().substring(Constants.R_HEADS.length());
        return Optional.of(new Tip(branch, head.getObjectId()));
    }

    @Override
    public void fetchCommits(Collection<ObjectId> commits) throws IOException {
        require(commits);
    }

    @Override
    public void fetchHistory(ObjectId tip, int most) throws IOException {
        require(List.of(tip));
    }

    @Override
    public void fetchFiles(List<? extends Collection<ObjectId>> shares, long largest) throws IOException {
        List<ObjectId> files =
                shares.stream().<ObjectId>flatMap(Collection::stream).toList();
        require(files);
        for (ObjectId file : files) {
            ObjectLoader loader = objects().open(file);
            if (loader.getSize() > largest) {
                throw Failure.damaged(
                        "what " + name + " holds is not safe to read: a file has " + loader.getSize() + " bytes",
                        "nothing was changed here; look at the branch with git, or restore an earlier save");
            }
        }
    }

    private void require(Collection<ObjectId> ids) throws IOException {
        for (ObjectId id : ids) {
            if (!objects().getObjectDatabase().has(id)) {
                throw Failure.damaged(
                        name + " lacks the object " + id.name(),
                        "`git fsck` in it shows the extent; restore it from a copy, or save the session again");
            }
        }
    }

    @Override
    public Outbox outbox() throws IOException {
        return new InPlace(objects());
    }

    @Override
    public Answer push(RefChange change, Outbox outbox) throws IOException {
        ((InPlace) outbox).flush();
        RefUpdate update = objects().updateRef(change.ref());
        update.setExpectedOldObjectId(change.oldId());
        update.setForceUpdate(true);
        update.setRefLogMessage("session-relay", false);
        if (objects().getRefDatabase().isNameConflicting(change.ref())) {
            throw Failure.badInput(
                    name + " cannot have a branch " + change.branch() + " besides those it has",
                    "name another one with --store-branch, or delete the one in its way");
        }
        RefUpdate.Result result;
        if (change.to().isEmpty()) {
            result = update.delete();
        } else {
            update.setNewObjectId(change.newId());
            result = update.update();
        }
        return switch (result) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> Answer.DONE;
            case LOCK_FAILURE, REJECTED, NOT_ATTEMPTED -> Answer.MOVED;
            default -> throw new IOException("could not move " + change.branch() + " in " + name + ": " + result);
        };
    }

    @Override
    public boolean isPublic() {
        // Who may read a folder is the folder's affair.
        return false;
    }

    /** Objects written where they stay. One that no branch comes to name is swept by git's own housekeeping. */
    private final class InPlace implements Outbox {
        private final ObjectInserter inserter;
        private long bytes;

        InPlace(Repository repository) {
            this.inserter = repository.newObjectInserter();
        }

        @Override
        public List<ObjectId> addFiles(List<NewFile> files) throws IOException {
            List<ObjectId> ids = new ArrayList<>();
            for (NewFile file : files) {
                Path copy = copy(file);
                try (InputStream in = Files.newInputStream(copy)) {
                    ids.add(inserter.insert(Constants.OBJ_BLOB, file.size(), in));
                } finally {
                    Files.delete(copy);
                }
                bytes += file.size();
            }
            return ids;
        }

        private Path copy(NewFile file) throws IOException {
            Path copy = scratch.file();
            try (var out = Files.newOutputStream(copy)) {
                file.content().writeTo(out);
            } catch (IOException e) {
                throw scratch.named(e);
            }
            return copy;
        }

        @Override
        public ObjectId add(int type, byte[] content) throws IOException {
            bytes += content.length;
            return inserter.insert(type, content);
        }

        void flush() throws IOException {
            inserter.flush();
        }

        @Override
        public void startOver() {
            // What was written stays, unnamed.
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void close() {
            inserter.close();
        }
    }
}
