package dev.sessionrelay.failure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/**
 * Something that went wrong and can be explained. The message says what happened and why, {@link #next()} what to do
 * about it. Neither may hold a secret: a failure is printed as it is.
 */
public class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ExitCode exitCode;
    private final String next;

    public Failure(ExitCode exitCode, String whatAndWhy, String next) {
        super(whatAndWhy);
        this.exitCode = exitCode;
        this.next = next;
    }

    public Failure(ExitCode exitCode, String whatAndWhy, String next, Throwable cause) {
        super(whatAndWhy, cause);
        this.exitCode = exitCode;
        this.next = next;
    }

    public static Failure nothingFound(String whatAndWhy, String next) {
        return new Failure(ExitCode.NOTHING_FOUND, whatAndWhy, next);
    }

    public static Failure badInput(String whatAndWhy, String next) {
        return new Failure(ExitCode.BAD_INPUT, whatAndWhy, next);
    }

    public static Failure notAllowed(String whatAndWhy, String next) {
        return new Failure(ExitCode.NOT_ALLOWED, whatAndWhy, next);
    }

    public static Failure conflict(String whatAndWhy, String next) {
        return new Failure(ExitCode.CONFLICT, whatAndWhy, next);
    }

    public static Failure unreachable(String whatAndWhy, String next) {
        return new Failure(ExitCode.UNREACHABLE, whatAndWhy, next);
    }

    public static Failure damaged(String whatAndWhy, String next) {
        return new Failure(ExitCode.DAMAGED, whatAndWhy, next);
    }

    /**
     * Puts an error of the disk into words.
     *
     * @param doing what was tried, as in "save the session"
     * @param place where, unless the error itself names a file
     */
    public static Failure ofDisk(String doing, Object place, IOException cause) {
        Object where = cause instanceof FileSystemException error && error.getFile() != null ? error.getFile() : place;
        String tried = "could not " + doing + ": ";
        if (cause instanceof AccessDeniedException) {
            return new Failure(
                    ExitCode.NOT_ALLOWED,
                    tried + "no permission for " + where + whyNot(cause),
                    "give this user access to it, or run as the user who owns it",
                    cause);
        }
        if (cause instanceof NoSuchFileException) {
            return new Failure(ExitCode.BAD_INPUT, tried + where + " is not there", "check the path", cause);
        }
        if (isFullDisk(cause)) {
            return new Failure(
                    ExitCode.UNREACHABLE,
                    tried + "the disk is full at " + where,
                    "free some room there, or choose another place, and run this again: nothing was changed",
                    cause);
        }
        String reason = reasonOf(cause);
        return switch (reason.toLowerCase(Locale.ROOT)) {
            case String readOnly
            when readOnly.contains("read-only") ->
                new Failure(
                        ExitCode.NOT_ALLOWED,
                        tried + where + " is on a read-only file system",
                        "choose a place that can be written",
                        cause);
            default ->
                new Failure(
                        ExitCode.UNREACHABLE,
                        tried + where + ": " + reason,
                        "check the disk and the path, and run this again: nothing was changed",
                        cause);
        };
    }

    private static String whyNot(IOException cause) {
        return cause instanceof FileSystemException error && error.getReason() != null ? ": " + error.getReason() : "";
    }

    public static boolean isFullDisk(IOException cause) {
        String reason = reasonOf(cause).toLowerCase(Locale.ROOT);
        return reason.contains("no space left") || reason.contains("quota exceeded");
    }

    private static String reasonOf(IOException cause) {
        if (cause instanceof FileSystemException error && error.getReason() != null) {
            return error.getReason();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String next() {
        return next;
    }

    /** What is shown to a person: two lines, the second the way out. */
    public String describe() {
        return getMessage() + (next.isEmpty() ? "" : "\n  " + next);
    }
}
