package dev.sessionrelay.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A system call by which a program is about to change what is on the disk.
 *
 * @param path of what it changes, with the folders that are named by a descriptor looked up
 */
record FileCall(String name, Path path) {
    private static final int CREATES = 0x40;
    private static final int LONGEST_PATH = 4096;
    private static final String NUMBERS = "/proc/self/fd/";
    private static final int NONE = -1;

    /** The calls, with their numbers on both kinds of machines, and which arguments hold a folder and a path in it. */
    private enum Known {
        OPENAT(257, 56, 0, 1),
        WRITE(1, 64, 0, NONE),
        PWRITE64(18, 68, 0, NONE),
        WRITEV(20, 66, 0, NONE),
        FTRUNCATE(77, 46, 0, NONE),
        FSYNC(74, 82, 0, NONE),
        FDATASYNC(75, 83, 0, NONE),
        SENDFILE(40, 71, 0, NONE),
        COPY_FILE_RANGE(326, 285, 2, NONE),
        RENAME(82, NONE, NONE, 1),
        RENAMEAT(264, 38, 2, 3),
        RENAMEAT2(316, 276, 2, 3),
        MKDIR(83, NONE, NONE, 0),
        MKDIRAT(258, 34, 0, 1),
        RMDIR(84, NONE, NONE, 0),
        UNLINK(87, NONE, NONE, 0),
        UNLINKAT(263, 35, 0, 1),
        LINK(86, NONE, NONE, 1),
        LINKAT(265, 37, 2, 3),
        SYMLINK(88, NONE, NONE, 1),
        SYMLINKAT(266, 36, 1, 2),
        CHMOD(90, NONE, NONE, 0),
        FCHMOD(91, 52, 0, NONE),
        FCHMODAT(268, 53, 0, 1),
        CHOWN(92, NONE, NONE, 0),
        LCHOWN(94, NONE, NONE, 0),
        FCHOWN(93, 55, 0, NONE),
        FCHOWNAT(260, 54, 0, 1),
        UTIMENSAT(280, 88, 0, 1);

        private final int intel;
        private final int arm;
        private final int folder;
        private final int path;

        Known(int intel, int arm, int folder, int path) {
            this.intel = intel;
            this.arm = arm;
            this.folder = folder;
            this.path = path;
        }

        int number() {
            return System.getProperty("os.arch").equals("aarch64") ? arm : intel;
        }
    }

    private static final Map<Long, Known> BY_NUMBER = Arrays.stream(Known.values())
            .filter(known -> known.number() != NONE)
            .collect(Collectors.toMap(known -> (long) known.number(), Function.identity()));

    /** What a thread that is stopped before a call is about to do; empty when it changes no file. */
    static Optional<FileCall> of(int thread, long number, long[] arguments) throws IOException {
        @Nullable Known known = BY_NUMBER.get(number);
        if (known == null || (known == Known.OPENAT && (arguments[2] & CREATES) == 0)) {
            return Optional.empty();
        }
        Path process = Path.of("/proc/" + thread);
        String path = known.path == NONE || arguments[known.path] == 0 ? "" : string(process, arguments[known.path]);
        Path whole;
        if (path.startsWith("/")) {
            whole = resolved(process, path);
        } else {
            int descriptor = known.folder == NONE ? NONE : (int) arguments[known.folder];
            Path link = descriptor < 0 ? process.resolve("cwd") : process.resolve("fd/" + descriptor);
            whole = Files.readSymbolicLink(link).resolve(path);
        }
        return Optional.of(new FileCall(known.name().toLowerCase(Locale.ROOT), whole));
    }

    private static Path resolved(Path process, String path) throws IOException {
        if (!path.startsWith(NUMBERS)) {
            return Path.of(path);
        }
        String[] parts = path.substring(NUMBERS.length()).split("/", 2);
        Path folder = Files.readSymbolicLink(process.resolve("fd/" + parts[0]));
        return parts.length == 1 ? folder : folder.resolve(parts[1]);
    }

    private static String string(Path process, long address) throws IOException {
        try (RandomAccessFile memory =
                new RandomAccessFile(process.resolve("mem").toFile(), "r")) {
            byte[] bytes = new byte[LONGEST_PATH];
            memory.seek(address);
            // It may end with the last page that there is.
            int read = memory.read(bytes);
            int end = 0;
            while (end < read && bytes[end] != 0) {
                end++;
            }
            return new String(bytes, 0, end, StandardCharsets.UTF_8);
        }
    }

    boolean isWrite() {
        return name.contains("write") || name.equals("sendfile") || name.equals("copy_file_range");
    }

    /** The call and what it is done to, without the names that are new each time. */
    String kind(Path folder) {
        String shape = folder.relativize(path)
                .toString()
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}", "*")
                .replaceAll("(?<=objects/)[0-9a-f]{2}", "*")
                .replaceAll("[0-9]+", "#");
        return name + " " + shape;
    }
}
