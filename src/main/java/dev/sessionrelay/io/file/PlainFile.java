package dev.sessionrelay.io.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * The one door through which this program reads a file, since somebody else may have laid it out. A device or a pipe
 * has no end and may wait for ever, a link leads to what somebody else may read: neither is opened. Of a file that is
 * written meanwhile no more is read than it had, which is nothing of those that the system makes up while they are
 * read, such as a process's environment.
 */
public final class PlainFile {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private PlainFile() {}

    /** Why a file was not read: it is none, or too large. */
    public static final class Unfit extends FileSystemException {
        private static final long serialVersionUID = 1;

        Unfit(Path file, String reason) {
            super(HeldFolder.shown(file).toString(), null, reason);
        }
    }

    public static InputStream open(Path file) throws IOException {
        return opened(file, size(file));
    }

    private static InputStream opened(Path file, long size) throws IOException {
        return new Ended(Channels.newInputStream(Files.newByteChannel(file, READ)), size);
    }

    /** Where the file is a link, what it leads to. Links are for what the user names. */
    public static InputStream openNamed(Path file) throws IOException {
        return open(file.toRealPath());
    }

    public static SeekableByteChannel channel(Path file) throws IOException {
        size(file);
        return Files.newByteChannel(file, READ);
    }

    public static long size(Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException missing) {
            throw whyMissing(file, missing);
        }
        if (!attributes.isRegularFile()) {
            throw new Unfit(
                    file,
                    attributes.isDirectory()
                            ? "Is a directory"
                            : attributes.isSymbolicLink() ? "it is a link" : "it is a device or a pipe");
        }
        return attributes.size();
    }

    /** A file below a file is not only missing: the path cannot be meant. */
    private static FileSystemException whyMissing(Path file, NoSuchFileException missing) {
        Path above = file.toAbsolutePath().getParent();
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        return above == null || Files.isDirectory(above)
                ? missing
                : new FileSystemException(above.toString(), null, "Not a directory");
    }

    /** The whole of a small file. */
    public static byte[] bytes(Path file, int most) throws IOException {
        long size = size(file);
        if (size > most) {
            throw tooLarge(file, most);
        }
        try (InputStream in = opened(file, size)) {
            return in.readAllBytes();
        }
    }

    public static String text(Path file, int most) throws IOException {
        return new String(bytes(file, most), StandardCharsets.UTF_8);
    }

    /** The whole of a small file that the user or git names, so that a link may lead to it. */
    public static byte[] namedBytes(Path file, int most) throws IOException {
        return bytes(file.toRealPath(), most);
    }

    /** @throws CharacterCodingException where it is not text */
    public static String namedText(Path file, int most) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(namedBytes(file, most)))
                .toString();
    }

    /** What the kernel makes up as it is read, and so has no size: only for names that nobody else chooses. */
    public static String ofKernel(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(most), StandardCharsets.UTF_8);
        }
    }

    /** To take the lock of a file that is there. Opening a pipe would wait for who reads it. */
    public static FileChannel toLock(Path file) throws IOException {
        size(file);
        return FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    /** Refuses what is there and is not a file, before it is given to what would read or write it without asking. */
    public static void requireFit(Path file, long most) throws IOException {
        if (Files.exists(file) && size(file.toRealPath()) > most) {
            throw tooLarge(file, most);
        }
    }

    private static Unfit tooLarge(Path file, long most) {
        return new Unfit(file, "it has more than " + most + " bytes, which are the most");
    }

    /** A stream that ends where the file ended when it was opened. */
    private static final class Ended extends InputStream {
        private final InputStream in;
        private long left;

        Ended(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int read = left == 0 ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
