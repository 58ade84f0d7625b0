package dev.sessionrelay.agent.claude;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.HeldFolder;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.FactsReader;
import dev.sessionrelay.transcript.QuickFacts;
import dev.sessionrelay.transcript.SessionId;
import dev.sessionrelay.transcript.TranscriptFacts;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the session that is meant: by its id, or the newest one of a working folder. */
public final class Discovery {
    private static final int MOST_OF_A_PATH = 400;

    private final ClaudeHome home;

    public Discovery(ClaudeHome home) {
        this.home = home;
    }

    /** The sessions in the folder of this working folder, newest first, each with the verdict on it. */
    public List<Candidate> candidates(Path workingFolder, Optional<String> branch) {
        Path real = real(workingFolder);
        Path project = home.projectOf(real);
        List<Candidate> found = new ArrayList<>();
        if (Files.isDirectory(project)) {
            try (HeldFolder held = HeldFolder.open(project);
                    DirectoryStream<Path> files = Files.newDirectoryStream(held.path(), "*.jsonl")) {
                for (Path file : files) {
                    Path shown = project.resolve(file.getFileName());
                    idOf(file).ifPresent(id -> found.add(judge(id, file, shown, real, branch)));
                }
            } catch (IOException e) {
                throw Failure.ofDisk("look for sessions", project, e);
            }
        }
        found.sort(Comparator.comparing(Candidate::newest).reversed().thenComparing(c -> c.id().text()));
        return found;
    }

    /** The newest session of this working folder (and branch, when one is asked for). */
    public Candidate newest(Path workingFolder, Optional<String> branch) {
        List<Candidate> candidates = candidates(workingFolder, branch);
        return candidates.stream()
                .filter(Candidate::fits)
                .findFirst()
                .orElseThrow(() -> noneIn(workingFolder, branch, candidates));
    }

    /**
     * The newest session of this working folder that is of this branch, else of none: what was recorded on another
     * branch belongs to that one's thread.
     */
    public Candidate newestNotOfAnother(Path workingFolder, String branch) {
        List<Candidate> candidates = candidates(workingFolder, Optional.of(branch));
        return candidates.stream()
                .filter(Candidate::fits)
                .findFirst()
                .or(() -> candidates(workingFolder, Optional.empty()).stream()
                        .filter(candidate -> candidate.fits() && isOfNoBranch(candidate.facts()))
                        .findFirst())
                .orElseThrow(() -> noneIn(workingFolder, Optional.of(branch), candidates));
    }

    private static boolean isOfNoBranch(TranscriptFacts facts) {
        return facts.lastBranch()
                .filter(branch -> !branch.isBlank() && !branch.equals("HEAD"))
                .isEmpty();
    }

    private Failure noneIn(Path workingFolder, Optional<String> branch, List<Candidate> candidates) {
        Path project = home.projectOf(real(workingFolder));
        if (!home.exists()) {
            return Failure.nothingFound(
                    "no Claude Code sessions on this machine: " + home.projects() + " is not there",
                    "run claude once, or name its config folder with --claude-home, or try `session-relay save --sample`");
        }
        Optional<Candidate> unreadable = candidates.stream()
                .filter(candidate -> !Files.isReadable(candidate.transcript()))
                .findFirst();
        if (unreadable.isPresent()) {
            return Failure.notAllowed(
                    "could not read " + unreadable.get().transcript() + ": no permission",
                    "give this user access to it, or run as the user who owns it; or name another session with"
                            + " --session-id");
        }
        if (candidates.isEmpty()) {
            return Failure.nothingFound(
                    "no Claude Code session for " + workingFolder + ": there is none in " + project,
                    "go to the folder where claude ran (or name it with --working-directory), or name the session with"
                            + " --session-id");
        }
        return Failure.nothingFound(
                "none of the " + candidates.size() + " sessions in " + project + " fits "
                        + branch.map(b -> "branch " + b + " of ").orElse("") + workingFolder + ": the newest "
                        + candidates.getFirst().verdict(),
                "see them all with `session-relay find --explain`, or name one with --session-id"
                        + (branch.isPresent() ? " or a branch with --branch" : ""));
    }

    /** The places of the session with this id: in this working folder's project, else in the only one that has it. */
    public SessionFiles.Places byId(SessionId id, Path workingFolder) {
        Path own = home.projectOf(real(workingFolder));
        SessionFiles.Places here = new SessionFiles.Places(home, own, id);
        if (Files.isRegularFile(here.transcript())) {
            return here;
        }
        List<SessionFiles.Places> elsewhere = elsewhere(id, own);
        if (elsewhere.size() == 1) {
            return elsewhere.getFirst();
        }
        if (elsewhere.isEmpty()) {
            throw Failure.nothingFound(
                    "no session " + id + " in " + home.projects(),
                    "`session-relay find --explain` lists the sessions of a folder; another config folder is named with"
                            + " --claude-home");
        }
        throw Failure.badInput(
                "session " + id + " is ambiguous: it lies in "
                        + String.join(
                                " and ",
                                elsewhere.stream()
                                        .map(p -> p.project().toString())
                                        .toList()),
                "say which is meant by naming the folder it was recorded in with --working-directory");
    }

    /** Other projects of this home that hold a session with this id. */
    public List<SessionFiles.Places> elsewhere(SessionId id, Path project) {
        return home.allProjects().stream()
                .filter(other -> !other.equals(project))
                .map(other -> new SessionFiles.Places(home, other, id))
                .filter(places -> Files.isRegularFile(places.transcript()))
                .toList();
    }

    public SessionFiles.Places places(Candidate candidate, Path workingFolder) {
        return new SessionFiles.Places(home, home.projectOf(real(workingFolder)), candidate.id());
    }

    private static Path real(Path folder) {
        try {
            return ProjectFolder.realPath(folder);
        } catch (IOException e) {
            throw Failure.ofDisk("find out the real path of the working folder", folder, e);
        }
    }

    /** Subagents are called {@code agent-…}; only a session's transcript is named by a UUID. */
    private static Optional<SessionId> idOf(Path file) {
        String name = file.getFileName().toString();
        return SessionId.in(name.substring(0, name.length() - ".jsonl".length()));
    }

    private static Candidate judge(SessionId id, Path file, Path shown, Path real, Optional<String> branch) {
        try {
            TranscriptFacts facts = QuickFacts.at(file);
            Instant newest = facts.lastAt()
                    .flatMap(Discovery::instant)
                    .orElse(Files.getLastModifiedTime(file).toInstant());
            Optional<String> reason = reasonAgainst(facts, real, branch);
            return new Candidate(
                    id, shown, Files.size(file), facts, newest, reason.isEmpty(), reason.orElse("is of this folder"));
        } catch (IOException e) {
            return new Candidate(
                    id, shown, 0, new FactsReader().facts(), Instant.EPOCH, false, "cannot be read: " + reasonOf(e));
        }
    }

    private static String reasonOf(IOException error) {
        return switch (error) {
            case AccessDeniedException _ -> "no permission";
            case PlainFile.Unfit unfit -> String.valueOf(unfit.getReason());
            default -> String.valueOf(error.getMessage());
        };
    }

    private static Optional<String> reasonAgainst(TranscriptFacts facts, Path real, Optional<String> branch) {
        if (!facts.hasConversation()) {
            return Optional.of("holds no conversation");
        }
        if (isOfNamesake(facts, real)) {
            return Optional.of("was recorded in " + told(facts.firstFolder(), "another folder")
                    + ", which only shares the folder's name");
        }
        if (branch.isPresent()
                && !facts.firstBranch().equals(branch)
                && !facts.lastBranch().equals(branch)) {
            return Optional.of("is of branch " + told(facts.lastBranch(), "(none)") + ", not " + branch.get());
        }
        return Optional.empty();
    }

    /**
     * Whether the session belongs to another folder whose name is written the same. A session whose folders would all
     * be written differently was brought here from elsewhere, and belongs here.
     */
    private static boolean isOfNamesake(TranscriptFacts facts, Path real) {
        String here = real.toString();
        List<String> folders = new ArrayList<>();
        facts.firstFolder().ifPresent(folders::add);
        facts.lastFolder().ifPresent(folders::add);
        return !folders.contains(here)
                && folders.stream().anyMatch(f -> ProjectFolder.nameOf(f).equals(ProjectFolder.nameOf(here)));
    }

    /** What a transcript says, which may have come from a stranger, for people to read. */
    private static String told(Optional<String> said, String otherwise) {
        return said.map(text -> SafeText.of(text, MOST_OF_A_PATH)).orElse(otherwise);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
