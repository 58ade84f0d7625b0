package dev.sessionrelay.claude;

import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Claude Code keeps beside a session and reads again as instructions: the project's memory and the plans of this
 * home. They belong to the project or to the user and not to the conversation, so no session carries them; whoever
 * expects them on the other machine is told.
 */
public final class StaysBehind {
    private StaysBehind() {}

    /** One line for each kind that there is. */
    public static List<String> of(SessionFiles session) {
        List<String> notes = new ArrayList<>();
        Path transcript = session.transcript();
        note(transcript.resolveSibling("memory"), "the project's memory", notes);
        note(transcript.resolve("../../../plans").normalize(), "Claude Code's plans", notes);
        return notes;
    }

    private static void note(Path folder, String what, List<String> notes) {
        long files = count(folder);
        if (files > 0) {
            notes.add(what + " (" + files + (files == 1 ? " file" : " files") + " in " + folder
                    + ") is not part of a session and stays on this machine");
        }
    }

    private static long count(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .count();
        } catch (IOException e) {
            throw Failure.ofDisk("look for what stays behind", folder, e);
        }
    }
}
