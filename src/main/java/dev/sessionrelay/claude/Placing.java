package dev.sessionrelay.claude;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Comparison;
import dev.sessionrelay.bundle.Entry;
import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.FilePayload;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.disk.Owner;
import dev.sessionrelay.disk.PrivateFolder;
import dev.sessionrelay.disk.WholeFile;
import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Puts a bundle where {@code claude --resume} finds it. What Claude Code has there already is kept as it is and only
 * continued: the missing lines are put behind it. The transcript comes last, so that a session is there when all that
 * belongs to it is.
 *
 * <p>All files get the time of now, since Claude Code deletes sessions by their age on disk.
 */
public final class Placing {
    private static final int TRIES = 5;

    private final SessionFiles.Places places;
    private final Bundle bundle;
    private final Travelling.Unknown unknown;
    private final Owner owner;
    private final List<String> notes = new ArrayList<>();
    private long bytesWritten;

    public enum Outcome {
        /** The session was not here, and is now. */
        PLACED,
        /** A beginning of it was here, and the missing lines were put behind it. */
        APPENDED,
        UNCHANGED,
        /** What was here was replaced by a version that has all of it. */
        REPLACED,
        /** What is here has all of the stored session and more. */
        AHEAD,
        /** What is here went on in another way. Nothing was changed. */
        DIVERGED
    }

    /** @param comparison of what is here with what is stored, when there was something here */
    public record Placed(Outcome outcome, Optional<Comparison> comparison, long bytesWritten, List<String> notes) {}

    private Placing(Bundle bundle, SessionFiles.Places places, Travelling.Unknown unknown) throws IOException {
        this.unknown = unknown;
        this.places = places;
        this.bundle = bundle;
        this.owner = Owner.ofNearest(places.home().root());
    }

    /** @param unknown whether the bundle has kept records of unknown kinds, and so those that are here count */
    public static Placed place(Bundle bundle, SessionFiles.Places places, Travelling.Unknown unknown)
            throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return new Placing(bundle, places, unknown).run();
            } catch (ChangedMeanwhile e) {
                if (tries == TRIES) {
                    throw Failure.conflict(
                            places.transcript() + " is being written by a running Claude Code",
                            "end that session and restore again: nothing was changed");
                }
            }
        }
    }

    /** What is here of a session, as it was before it was read. */
    public static Snapshot look(SessionFiles.Places places) throws IOException {
        return Snapshot.of(places.transcript());
    }

    /**
     * Puts the bundle in the place of what is here, which the bundle must have all of.
     *
     * @return empty when what is here was written since it was looked at; then the transcript was not replaced
     */
    public static Optional<Placed> replace(Bundle bundle, SessionFiles.Places places, Snapshot seen)
            throws IOException {
        try {
            return Optional.of(new Placing(bundle, places, Travelling.Unknown.KEPT).replace(seen));
        } catch (ChangedMeanwhile e) {
            return Optional.empty();
        }
    }

    private Placed replace(Snapshot seen) throws IOException {
        placeSides(true);
        Path transcript = places.transcript();
        prepareFolderOf(transcript);
        WholeFile.write(
                transcript,
                owner,
                out -> bytesWritten += write(bundle.transcript(), 0, out),
                () -> seen.require(transcript));
        return placed(Outcome.REPLACED, Optional.empty());
    }

    private Placed run() throws IOException {
        sweep();
        Path transcript = places.transcript();
        refuseLinks();
        if (!Files.exists(transcript)) {
            placeSides(true);
            copy(bundle.transcript(), 0, transcript);
            return placed(Outcome.PLACED, Optional.empty());
        }
        Snapshot before = Snapshot.of(transcript);
        Payload here = arriving(EntryName.TRANSCRIPT, transcript);
        Comparison comparison = Comparison.of(here, bundle.transcript());
        return switch (comparison.relation()) {
            case EQUAL -> {
                placeSides(true);
                touch(transcript);
                yield placed(Outcome.UNCHANGED, Optional.of(comparison));
            }
            case LONGER -> {
                placeSides(false);
                touch(transcript);
                yield placed(Outcome.AHEAD, Optional.of(comparison));
            }
            case SHORTER -> {
                placeSides(true);
                append(bundle.transcript(), comparison.agreedInSecond(), transcript, before);
                yield placed(Outcome.APPENDED, Optional.of(comparison));
            }
            case DIVERGED -> placed(Outcome.DIVERGED, Optional.of(comparison));
        };
    }

    /** What is here, as it would have arrived from a store. */
    private Payload arriving(EntryName name, Path file) throws IOException {
        return Travelling.of(FilePayload.of(file), unknown.in(name)).records();
    }

    /** Removes what a run that was killed has left in the folders of this session. */
    private void sweep() throws IOException {
        Set<Path> folders = new HashSet<>();
        for (Entry entry : bundle.manifest().entries()) {
            folders.add(Objects.requireNonNull(places.of(entry.name()).getParent()));
        }
        for (Path folder : folders) {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                WholeFile.sweep(folder);
            }
        }
    }

    private Placed placed(Outcome outcome, Optional<Comparison> comparison) {
        return new Placed(outcome, comparison, bytesWritten, List.copyOf(notes));
    }

    /** @param storedIsNewer whether small state files that differ are to be taken from the store */
    private void placeSides(boolean storedIsNewer) throws IOException {
        for (Entry entry : bundle.manifest().entries()) {
            EntryName name = entry.name();
            if (name.equals(EntryName.TRANSCRIPT)) {
                continue;
            }
            Path target = places.of(name);
            Payload stored = bundle.payload(name);
            if (!Files.exists(target)) {
                copy(stored, 0, target);
            } else if (name.isRecords()) {
                extend(name, stored, target);
            } else if (storedIsNewer
                    && Comparison.of(FilePayload.of(target), stored).relation() != Comparison.Relation.EQUAL) {
                copy(stored, 0, target);
            } else {
                touch(target);
            }
        }
    }

    private void extend(EntryName name, Payload stored, Path target) throws IOException {
        Snapshot before = Snapshot.of(target);
        Payload here = arriving(name, target);
        Comparison comparison = Comparison.of(here, stored);
        switch (comparison.relation()) {
            case SHORTER -> append(stored, comparison.agreedInSecond(), target, before);
            case EQUAL, LONGER -> touch(target);
            case DIVERGED -> notes.add(name + " went on in another way here and was left as it is");
        }
    }

    private void copy(Payload stored, long from, Path target) throws IOException {
        prepareFolderOf(target);
        WholeFile.write(target, owner, out -> bytesWritten += write(stored, from, out));
    }

    /** Puts the rest of the stored records behind the file, in a copy that then takes its place. */
    private void append(Payload stored, long from, Path target, Snapshot before) throws IOException {
        prepareFolderOf(target);
        WholeFile.write(
                target,
                owner,
                out -> {
                    if (copyEndsInsideALine(target, out)) {
                        out.write('\n');
                    }
                    bytesWritten += write(stored, from, out);
                },
                () -> before.require(target));
    }

    private static boolean copyEndsInsideALine(Path file, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        byte last = '\n';
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                last = buffer[read - 1];
            }
        }
        return last != '\n';
    }

    private static long write(Payload payload, long from, OutputStream out) throws IOException {
        try (InputStream in = payload.open(from)) {
            return in.transferTo(out);
        }
    }

    private void prepareFolderOf(Path target) throws IOException {
        Path folder = Objects.requireNonNull(target.getParent());
        PrivateFolder.make(folder, owner);
    }

    private void refuseLinks() {
        for (Entry entry : bundle.manifest().entries()) {
            if (!entry.name().equals(EntryName.TRANSCRIPT)) {
                refuseLinks(places.of(entry.name()));
            }
        }
    }

    /** A link below the project's folder could lead a file that comes from a store anywhere. */
    private void refuseLinks(Path target) {
        for (Path at = target;
                at != null
                        && !at.equals(places.project())
                        && !at.equals(places.home().root());
                at = at.getParent()) {
            if (Files.isSymbolicLink(at)) {
                throw Failure.notAllowed(
                        "will not write through the link " + at,
                        "remove the link, or restore into another config folder with --claude-home");
            }
        }
    }

    private void touch(Path file) throws IOException {
        if (Files.isWritable(file)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } else {
            notes.add(file + " cannot be written by this user: a resumed session would lose its new turns");
        }
    }

    /** What a file was when it was read, to notice a Claude Code that goes on writing it. */
    public record Snapshot(long size, FileTime modified) {
        static Snapshot of(Path file) throws IOException {
            return new Snapshot(Files.size(file), Files.getLastModifiedTime(file));
        }

        void require(Path file) throws IOException {
            if (!of(file).equals(this)) {
                throw new ChangedMeanwhile(file);
            }
        }
    }

    private static final class ChangedMeanwhile extends IOException {
        private static final long serialVersionUID = 1;

        ChangedMeanwhile(Path file) {
            super(file + " was written meanwhile");
        }
    }
}
