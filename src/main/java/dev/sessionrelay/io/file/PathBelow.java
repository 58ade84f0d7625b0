package dev.sessionrelay.io.file;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lies below a folder that others may be writing to at the same time. Links are not followed. */
public final class PathBelow {
    private PathBelow() {}

    /** The ordinary files, in no order. */
    public static List<Path> files(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new Patient() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** The folders below it, and itself. */
    static List<Path> folders(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new Patient() {
            @Override
            public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
                found.add(below);
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** Removes the folder and everything below it, but for what others put there meanwhile. */
    public static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new Patient() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException error) throws IOException {
                try {
                    Files.deleteIfExists(emptied);
                } catch (DirectoryNotEmptyException e) {
                    // Somebody writes here again.
                }
                return super.postVisitDirectory(emptied, error);
            }
        });
    }

    /** Passes over what is gone when its turn comes. */
    private static class Patient extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
            if (error instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw error;
        }
    }
}
