package dev.sessionrelay.io.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is held open, so that its {@link #path()} leads into it and nowhere else, whatever its owner puts in
 * its place meanwhile. That matters to root, who may go where the owner may not: a link is followed only as
 * {@link LinkRule} allows, and below the folder none is. Everybody else goes where they may, and the system sees to
 * it.
 */
public final class HeldFolder implements Closeable {
    private static final int MOST_LINKS = 40;

    private final Path real;
    private final @Nullable DirectoryStream<Path> stream;
    private @Nullable Descriptor descriptor;

    private HeldFolder(Path real, @Nullable DirectoryStream<Path> stream) {
        this.real = real;
        this.stream = stream;
    }

    /** A folder that is there. */
    public static HeldFolder open(Path folder) throws IOException {
        if (!Owner.runsAsRoot()) {
            Path real = folder.toRealPath();
            if (!Files.isDirectory(real)) {
                throw new NotDirectoryException(real.toString());
            }
            return new HeldFolder(real, null);
        }
        HeldFolder found = walk(folder.toAbsolutePath().normalize(), 0);
        return found.hold();
    }

    /** The same, with whatever is missing of it made for the owner. */
    public static HeldFolder make(Path folder, Owner owner) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            return open(absolute);
        }
        Path above = absolute.getParent();
        if (above == null) {
            return open(absolute);
        }
        try (HeldFolder parent = make(above, owner)) {
            return parent.make(String.valueOf(absolute.getFileName()), owner);
        }
    }

    /** A folder by the path at which it is now. */
    static HeldFolder here(Path folder) throws IOException {
        return new HeldFolder(folder, Owner.runsAsRoot() ? opened(folder) : null);
    }

    /** It is closed with the folder. */
    @SuppressWarnings("StreamResourceLeak")
    private static DirectoryStream<Path> opened(Path folder) throws IOException {
        return Files.newDirectoryStream(folder);
    }

    private static HeldFolder walk(Path absolute, int links) throws IOException {
        Path root = Objects.requireNonNull(absolute.getRoot());
        HeldFolder here = new HeldFolder(root, opened(root));
        for (Path part : absolute) {
            try (HeldFolder above = here) {
                here = above.step(part.toString(), links);
            }
        }
        return here;
    }

    private HeldFolder step(String name, int links) throws IOException {
        PosixFileAttributes attributes = attributes(name);
        if (!attributes.isSymbolicLink()) {
            return child(name);
        }
        hold();
        HeldFolder led = walk(target(name, links), links + 1);
        try {
            LinkRule.require(real.resolve(name), attributes, path().resolve(name), attributes(), led.attributes());
            return led;
        } catch (IOException e) {
            led.close();
            throw e;
        }
    }

    private Path target(String name, int links) throws IOException {
        if (links == MOST_LINKS) {
            throw new FileSystemLoopException(real.resolve(name).toString());
        }
        return real.resolve(Files.readSymbolicLink(path().resolve(name))).normalize();
    }

    /** The folder of this name in here, which must not be a link. */
    public HeldFolder enter(String name) throws IOException {
        return child(name).hold();
    }

    /** The same, made for the owner where there is none. */
    public HeldFolder make(String name, Owner owner) throws IOException {
        PrivateFolder.make(path().resolve(name), owner);
        return enter(name);
    }

    private HeldFolder child(String name) throws IOException {
        Path below = real.resolve(name);
        try {
            if (stream instanceof SecureDirectoryStream<Path> secure) {
                return new HeldFolder(below, secure.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS));
            }
        } catch (AccessDeniedException e) {
            // It can be passed and not be read, by a root whose power ends at this machine's border.
            return new HeldFolder(below, null);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw e;
        } catch (FileSystemException e) {
            throw new NotDirectoryException(below.toString());
        }
        if (!Files.isDirectory(below, LinkOption.NOFOLLOW_LINKS)) {
            throw Files.exists(below, LinkOption.NOFOLLOW_LINKS)
                    ? new NotDirectoryException(below.toString())
                    : new NoSuchFileException(below.toString());
        }
        return new HeldFolder(below, Owner.runsAsRoot() ? opened(below) : null);
    }

    /**
     * The path of an ordinary file in here, or of the one that a link in here leads to; empty where there is none.
     *
     * @throws FileSystemException when it is anything else, or may be another user's
     */
    public Optional<Path> file(String name) throws IOException {
        return file(name, 0);
    }

    private Optional<Path> file(String name, int links) throws IOException {
        if (!Files.exists(path().resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        PosixFileAttributes attributes = attributes(name);
        if (!attributes.isSymbolicLink()) {
            PlainFile.size(path().resolve(name));
            LinkRule.requireOneName(real.resolve(name), attributes, path().resolve(name), attributes());
            return Optional.of(path().resolve(name));
        }
        Path target = target(name, links);
        // It stays open until this program ends: the file is read later, and a link to a file is rare.
        HeldFolder folder = open(target.resolveSibling("."));
        String last = String.valueOf(target.getFileName());
        Optional<Path> file = folder.file(last, links + 1);
        if (file.isPresent()) {
            LinkRule.require(
                    real.resolve(name), attributes, path().resolve(name), attributes(), folder.attributes(last));
        }
        return file;
    }

    /** Where it is to be used. */
    public Path path() throws IOException {
        Descriptor known = hold().descriptor;
        return known == null ? real : known.path();
    }

    /** What people call a file that lies in a folder that is held. */
    public static Path shown(Path file) {
        return Descriptor.shown(file);
    }

    /** Where people find it. */
    public Path real() {
        return real;
    }

    private HeldFolder hold() throws IOException {
        if (descriptor == null && stream instanceof SecureDirectoryStream<Path> secure) {
            descriptor = Descriptor.of(secure, real);
        }
        return this;
    }

    boolean isRootsAlone() throws IOException {
        return LinkRule.isRootsAlone(attributes());
    }

    PosixFileAttributes attributes() throws IOException {
        return stream instanceof SecureDirectoryStream<Path> secure
                ? secure.getFileAttributeView(PosixFileAttributeView.class).readAttributes()
                : Files.readAttributes(real, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private PosixFileAttributes attributes(String name) throws IOException {
        return stream instanceof SecureDirectoryStream<Path> secure
                ? secure.getFileAttributeView(Path.of(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes()
                : Files.readAttributes(real.resolve(name), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        if (descriptor != null) {
            descriptor.forget();
        }
        if (stream != null) {
            stream.close();
        }
    }
}
