package dev.sessionrelay.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.io.file.PathBelow;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;

/**
 * The folder of a repository, as git has it on disk. What is made in it belongs to whom the repository belongs: a
 * container is root, and a folder of root's in a workspace keeps the runner's next checkout from emptying it.
 *
 * @param inside where the objects and branches are: the folder itself, its {@code .git}, or, for a worktree that is
 * linked
 *     to another, that one's
 */
record GitFolder(Path inside, Owner owner) {
    private static final int LONGEST_POINTER = 4096;
    /** And how large each can be. */
    private static final Map<String, Integer> READ_WHOLE = Map.of(
            "HEAD", LONGEST_POINTER,
            "config", 1 << 20,
            "packed-refs", 1 << 28,
            "shallow", 1 << 20,
            "objects/info/alternates", 1 << 20,
            "objects/info/commit-graph", 1 << 30);

    private static final String EXTENSIONS = "extensions";
    private static final String MADE = "session-relay-tmp-";
    private static final int TRIES = 20;

    static GitFolder at(Path folder) throws IOException {
        Path inside = common(folder);
        if (!Files.isDirectory(inside.resolve("objects")) || !Files.exists(inside.resolve("HEAD"))) {
            throw Failure.badInput(
                    folder + (Files.exists(folder) ? " is not a git repository" : " is not there"),
                    "make one with `git init --bare " + folder + "`, or name another with --repository");
        }
        requireFiles(inside);
        return new GitFolder(inside, Owner.ofNearest(inside));
    }

    /** What is read as a file, without asking, by what comes next: a pipe would keep it waiting for ever. */
    private static void requireFiles(Path inside) throws IOException {
        for (Map.Entry<String, Integer> file : READ_WHOLE.entrySet()) {
            PlainFile.requireFit(inside.resolve(file.getKey()), file.getValue());
        }
        try (Stream<Path> refs = Files.walk(inside.resolve("refs"))) {
            for (Path ref : (Iterable<Path>) refs::iterator) {
                if (!Files.isDirectory(ref)) {
                    PlainFile.requireFit(ref, LONGEST_POINTER);
                }
            }
        } catch (UncheckedIOException | NoSuchFileException changing) {
            // Somebody saves or deletes just now.
        }
    }

    private static Path common(Path folder) throws IOException {
        Path git = folder.resolve(".git");
        if (Files.isRegularFile(git)) {
            // A linked worktree or a submodule: the file names the real folder.
            Path own = pointed(git, folder);
            Path common = own.resolve("commondir");
            return Files.isRegularFile(common) ? pointed(common, own) : own;
        }
        return Files.isDirectory(git) ? git : folder;
    }

    private static Path pointed(Path file, Path from) throws IOException {
        String path = PlainFile.namedText(file, LONGEST_POINTER).strip().replaceFirst("^gitdir: *", "");
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            throw Failure.badInput(
                    file + " does not name the folder of a repository", "`git worktree repair` mends it");
        }
        return from.resolve(path).normalize();
    }

    /** @throws Failure for a repository that would be damaged by what is written here, or misread */
    void requireOrdinary(Config config) {
        String names = config.getString(EXTENSIONS, null, "objectformat");
        if (names != null && !names.equals("sha1")) {
            throw Failure.badInput(
                    inside + " names its objects by " + SafeText.of(names.toUpperCase(Locale.ROOT), 40)
                            + ", and Session Relay knows SHA-1 alone",
                    "keep sessions in a repository made with `git init --bare --object-format=sha1`: nothing was changed");
        }
        String refs = config.getString(EXTENSIONS, null, "refstorage");
        if (refs != null && !refs.equals("files")) {
            throw Failure.badInput(
                    inside + " keeps its branches as " + SafeText.of(refs, 40) + ", which Session Relay cannot write",
                    "`git refs migrate --ref-format=files` in it changes that, and so does reaching it over HTTP:"
                            + " nothing was changed");
        }
    }

    Path objects() {
        return inside.resolve("objects");
    }

    Path file(String ref) {
        return inside.resolve(ref);
    }

    /** git's locks of branches that are there now. */
    List<Path> locks() throws IOException {
        List<Path> locks = new ArrayList<>(List.of(RefLock.lockOf(file(Constants.PACKED_REFS))));
        for (Path ref : PathBelow.files(file(Constants.R_REFS))) {
            if (ref.toString().endsWith(".lock")) {
                locks.add(ref);
            }
        }
        return locks;
    }

    /**
     * Makes a folder, and those above it, with the rights of what it lies in. It appears when it belongs to its
     * owner.
     */
    void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = Objects.requireNonNull(folder.getParent());
        make(above);
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(above);
        for (int tries = 1; !makeOnce(folder, rights, tries == TRIES); tries++) {
            // Another process has swept it away before it was in its place.
        }
    }

    private boolean makeOnce(Path folder, Set<PosixFilePermission> rights, boolean isLast) throws IOException {
        Path beside = inside.resolve(MADE + UUID.randomUUID());
        Files.createDirectory(beside);
        try {
            Files.setPosixFilePermissions(beside, rights);
            owner.take(beside);
            Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException swept) {
            if (isLast) {
                throw swept;
            }
            return false;
        } catch (IOException e) {
            requireFolder(folder, e);
        } finally {
            Files.deleteIfExists(beside);
        }
        return true;
    }

    /** Removes the folders that killed processes left before they had a name. */
    void sweep() {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(inside, MADE + "*")) {
            for (Path folder : left) {
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    // Empty ones alone can be.
                    Files.deleteIfExists(folder);
                }
            }
        } catch (IOException | DirectoryIteratorException another) {
            // Another user's, or on a disk that cannot be written.
        }
    }

    /** Another process may have been faster. */
    private static void requireFolder(Path folder, IOException error) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw error;
        }
    }
}
