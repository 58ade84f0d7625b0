package dev.sessionrelay.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Parallel;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** A repository in a folder that this machine reaches: nothing is sent, objects are read and written in place. */
final class FolderRemote implements Remote {
    private final String name;
    private final Path folder;
    private @Nullable GitFolder place;
    private @Nullable Repository repository;

    FolderRemote(String name, Path folder) {
        this.name = name;
        this.folder = folder;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized Repository objects() throws IOException {
        if (repository == null) {
            place = GitFolder.at(folder);
            Repository opened = FetchedObjects.open(place.inside());
            place.requireOrdinary(opened.getConfig());
            RefLock.sweep(place);
            repository = opened;
        }
        return repository;
    }

    private synchronized GitFolder place() throws IOException {
        objects();
        return Objects.requireNonNull(place);
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
        return new InPlace(new LooseObjects(place()));
    }

    @Override
    public Answer push(RefChange change, Outbox outbox) throws IOException {
        if (objects().getRefDatabase().isNameConflicting(change.ref())) {
            throw Failure.badInput(
                    name + " cannot have a branch " + change.branch() + " besides those it has",
                    "name another one with --store-branch, or delete the one in its way");
        }
        Ref ref = objects().getRefDatabase().exactRef(change.ref());
        String moved = ref == null ? change.ref() : ref.getLeaf().getName();
        LooseBranch branch = new LooseBranch(place(), objects(), moved);
        try {
            return branch.move(change.oldId(), change.newId()) ? Answer.DONE : Answer.MOVED;
        } catch (FileSystemException e) {
            throw ofThisRepository(e);
        }
    }

    /**
     * The error of a full disk without the name of a file: it is the repository that is full, and people know that
     * one.
     */
    private static IOException ofThisRepository(FileSystemException error) {
        return Failure.isFullDisk(error) ? new IOException(error.getReason(), error) : error;
    }

    @Override
    public boolean isPublic() {
        // Who may read a folder is the folder's affair.
        return false;
    }

    /** Objects written where they stay. One that no branch comes to name is swept by git's own housekeeping. */
    private static final class InPlace implements Outbox {
        private final LooseObjects objects;
        private final AtomicLong bytes = new AtomicLong();

        InPlace(LooseObjects objects) {
            this.objects = objects;
        }

        @Override
        public List<ObjectId> addFiles(List<NewFile> files) throws IOException {
            List<Callable<ObjectId>> work = files.stream()
                    .<Callable<ObjectId>>map(file -> () -> {
                        return write(Constants.OBJ_BLOB, file.size(), file.content());
                    })
                    .toList();
            return Parallel.run(Runtime.getRuntime().availableProcessors(), work);
        }

        @Override
        public ObjectId add(int type, byte[] content) throws IOException {
            return write(type, content.length, out -> out.write(content));
        }

        private ObjectId write(int type, long size, BlobContent content) throws IOException {
            bytes.addAndGet(size);
            try {
                return objects.write(type, size, content);
            } catch (FileSystemException e) {
                throw ofThisRepository(e);
            }
        }

        @Override
        public void startOver() {
            // What was written stays, unnamed.
        }

        @Override
        public long bytes() {
            return bytes.get();
        }

        @Override
        public void close() {
            // Each object was complete when it was written.
        }
    }
}
