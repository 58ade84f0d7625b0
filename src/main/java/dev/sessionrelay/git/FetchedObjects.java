package dev.sessionrelay.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PackParser;
import org.jspecify.annotations.Nullable;

/** What was fetched, in a bare repository on disk that ends with the process: memory does not grow with a session. */
final class FetchedObjects {
    static {
        IsolatedGitConfig.install();
    }

    private final TempFolder scratch;
    private @Nullable Repository repository;

    FetchedObjects(TempFolder scratch) {
        this.scratch = scratch;
    }

    static Repository open(Path folder) throws IOException {
        return new FileRepository(new FileRepositoryBuilder()
                .setGitDir(folder.toFile())
                .setBare()
                .setMustExist(true)
                .setup());
    }

    synchronized Repository repository() throws IOException {
        if (repository == null) {
            Path folder = scratch.folder().resolve("objects.git");
            Files.createDirectories(folder.resolve("objects/pack"));
            Files.createDirectories(folder.resolve("refs/heads"));
            Files.writeString(folder.resolve("HEAD"), "ref: refs/heads/none\n", StandardCharsets.US_ASCII);
            Files.writeString(
                    folder.resolve("config"),
                    "[core]\n\trepositoryformatversion = 0\n\tbare = true\n",
                    StandardCharsets.US_ASCII);
            repository = open(folder);
        }
        return repository;
    }

    List<ObjectId> missing(Collection<ObjectId> wanted) throws IOException {
        List<ObjectId> missing = new ArrayList<>();
        for (ObjectId id : wanted) {
            if (!repository().getObjectDatabase().has(id) && !missing.contains(id)) {
                missing.add(id);
            }
        }
        return missing;
    }

    /** Those that were not fetched, or without their trees, as a history is. */
    List<ObjectId> missingWithTrees(Collection<ObjectId> commits) throws IOException {
        List<ObjectId> missing = missing(commits);
        try (RevWalk walk = new RevWalk(repository())) {
            for (ObjectId commit : commits) {
                if (!missing.contains(commit)
                        && !repository()
                                .getObjectDatabase()
                                .has(walk.parseCommit(commit).getTree())) {
                    missing.add(commit);
                }
            }
        }
        return missing;
    }

    /** Reads a pack into the repository; nothing in it may be larger than this. */
    void receive(InputStream pack, long largest, String from) throws IOException {
        try (ObjectInserter inserter = repository().newObjectInserter()) {
            PackParser parser = inserter.newPackParser(new SafePack(pack, from));
            parser.setObjectChecker(
                    new ObjectChecker().setAllowLeadingZeroFileMode(true).setAllowInvalidPersonIdent(true));
            parser.setMaxObjectSizeLimit(largest);
            parser.setAllowThin(false);
            parser.parse(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE);
            inserter.flush();
        } catch (OutOfMemoryError e) {
            // Objects that are made of others, or that claim a size, are put together in memory.
            throw SafePack.hostile(from, "it needs more memory than there is");
        } catch (TooLargeObjectInPackException e) {
            throw SafePack.hostile(from, "it sends a file of more than " + (largest >> 20) + " MiB");
        } catch (CorruptObjectException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw SafePack.hostile(from, String.valueOf(e.getMessage()));
        } catch (EOFException e) {
            throw new ConnectionFailure(e);
        } catch (IOException e) {
            throw scratch.named(e);
        }
    }
}
