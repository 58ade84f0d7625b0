package dev.sessionrelay.agent.claude;

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
 * home. They belong to the project or to the user and not to the conversation, so a session carries them only where
 * somebody asks for it; whoever expects them on the other machine is told.
 */
public final class StaysBehind {
    private StaysBehind() {}

    /** One line for each kind that there is. */
    public static List<String> of(SessionFiles session) {
        List<String> notes = new ArrayList<>();
        Path transcript = session.transcript();
        note(transcript.resolveSibling("memory"), "the project's memory", OptIn.OptInKind.MEMORY, session, notes);
        note(
                transcript.resolve("../../../plans").normalize(),
                "Claude Code's plans",
                OptIn.OptInKind.PLANS,
                session,
                notes);
        return notes;
    }

    private static void note(Path folder, String what, OptIn.OptInKind kind, SessionFiles session, List<String> notes) {
        long taken = session.sides().keySet().stream()
                .filter(name -> name.room() == kind.room())
                .count();
        long files = count(folder);
        boolean areOthers = kind == OptIn.OptInKind.PLANS && taken > 0;
        if (files > taken && !areOthers) {
            notes.add((taken > 0 ? "a part of " : "") + what + " (" + (files - taken)
                    + (files - taken == 1 ? " file" : " files") + " in " + folder
                    + ") is not part of a session and stays on this machine"
                    + (taken > 0 ? "" : "; --with " + kind.option() + " takes it along"));
        }
    }

    private static long count(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .count();
        } catch (IOException e) {
            throw Failure.ofDisk("look for what stays behind", folder, e);
        }
    }
}
