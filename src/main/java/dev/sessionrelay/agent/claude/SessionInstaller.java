package dev.sessionrelay.agent.claude;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.io.file.HeldFolder;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.io.file.WholeFile;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.transcript.Comparison;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts a bundle where {@code claude --resume} finds it. What Claude Code has there already is kept as it is and only
 * continued: the missing lines are put behind it. The transcript comes last, so that a session is there when all that
 * belongs to it is.
 *
 * <p>All files get the time of now, since Claude Code deletes sessions by their age on disk.
 */
public final class SessionInstaller {
    private static final int TRIES = 5;

    private final Bundle bundle;
    private final Travelling.Unknown unknown;
    private final SessionFolders ground;
    private final Owner owner;
    private final List<String> notes = new ArrayList<>();
    private long bytesWritten;

    public enum Installation {
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
    public record Placed(
            Installation outcome, Optional<Comparison> comparison, long bytesWritten, List<String> notes) {}

    private SessionInstaller(
            Bundle bundle, SessionFiles.Places places, SessionFolders ground, Travelling.Unknown unknown)
            throws IOException {
        this.ground = ground;
        this.unknown = unknown;
        this.bundle = bundle;
        this.owner = Owner.ofNearest(places.home().root());
    }

    /** @param unknown whether the bundle has kept records of unknown kinds, and so those that are here count */
    public static Placed place(Bundle bundle, SessionFiles.Places places, Travelling.Unknown unknown)
            throws IOException {
        for (int tries = 1; ; tries++) {
            try (SessionFolders ground = new SessionFolders(places)) {
                return new SessionInstaller(bundle, places, ground, unknown).orNothing(SessionInstaller::run);
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
        try (SessionFolders ground = new SessionFolders(places)) {
            return Snapshot.of(ground.find(EntryName.TRANSCRIPT).orElse(places.transcript()));
        }
    }

    /**
     * Puts the bundle in the place of what is here, which the bundle must have all of.
     *
     * @return empty when what is here was written since it was looked at; then the transcript was not replaced
     */
    public static Optional<Placed> replace(Bundle bundle, SessionFiles.Places places, Snapshot seen)
            throws IOException {
        try (SessionFolders ground = new SessionFolders(places)) {
            return Optional.of(new SessionInstaller(bundle, places, ground, Travelling.Unknown.KEPT)
                    .orNothing(placing -> placing.replace(seen)));
        } catch (ChangedMeanwhile e) {
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface InstallWork {
        Placed on(SessionInstaller placing) throws IOException;
    }

    /** What is placed is all of it: nothing new stays when the rest cannot come. */
    private Placed orNothing(InstallWork work) throws IOException {
        try {
            ground.requireRoomFor(bundle.manifest());
            return work.on(this);
        } catch (IOException | RuntimeException e) {
            ground.undo();
            throw e;
        }
    }

    private Placed replace(Snapshot seen) throws IOException {
        placeSides(true);
        Path transcript = transcript();
        WholeFile.write(
                transcript,
                owner,
                out -> bytesWritten += write(bundle.transcript(), 0, out),
                () -> seen.require(transcript));
        return placed(Installation.REPLACED, Optional.empty());
    }

    private Path transcript() throws IOException {
        Optional<Path> here = ground.find(EntryName.TRANSCRIPT);
        return here.isPresent() ? here.get() : ground.place(EntryName.TRANSCRIPT, owner);
    }

    private Placed run() throws IOException {
        ground.sweep(bundle.manifest(), owner);
        if (ground.find(EntryName.TRANSCRIPT).isEmpty()) {
            placeSides(true);
            copy(bundle.transcript(), newPlace(EntryName.TRANSCRIPT));
            return placed(Installation.PLACED, Optional.empty());
        }
        Path transcript = transcript();
        Snapshot before = Snapshot.of(transcript);
        Payload here = arriving(EntryName.TRANSCRIPT, transcript);
        Comparison comparison = Comparison.of(here, bundle.transcript());
        return switch (comparison.relation()) {
            case EQUAL -> {
                placeSides(true);
                touch(transcript);
                yield placed(Installation.UNCHANGED, Optional.of(comparison));
            }
            case LONGER -> {
                placeSides(false);
                touch(transcript);
                yield placed(Installation.AHEAD, Optional.of(comparison));
            }
            case SHORTER -> {
                placeSides(true);
                append(bundle.transcript(), comparison.agreedInSecond(), transcript, before);
                yield placed(Installation.APPENDED, Optional.of(comparison));
            }
            case DIVERGED -> placed(Installation.DIVERGED, Optional.of(comparison));
        };
    }

    /** What is here, as it would have arrived from a store. */
    private Payload arriving(EntryName name, Path file) throws IOException {
        return Travelling.of(FilePayload.of(file), unknown.in(name)).records();
    }

    private Placed placed(Installation outcome, Optional<Comparison> comparison) {
        return new Placed(outcome, comparison, bytesWritten, List.copyOf(notes));
    }

    /** @param storedIsNewer whether small state files that differ are to be taken from the store */
    private void placeSides(boolean storedIsNewer) throws IOException {
        ManyFiles missing = new ManyFiles(owner);
        for (Entry entry : bundle.manifest().entries()) {
            EntryName name = entry.name();
            if (name.equals(EntryName.TRANSCRIPT)) {
                continue;
            }
            Optional<Path> here = ground.find(name);
            Payload stored = bundle.payload(name);
            if (here.isEmpty()) {
                missing.add(stored, newPlace(name));
                continue;
            }
            Path target = here.get();
            if (name.room().isShared()) {
                OptInFiles.left(stored, target).ifPresent(notes::add);
            } else if (name.isRecords()) {
                extend(name, stored, target);
            } else if (storedIsNewer
                    && Comparison.of(FilePayload.of(target), stored).relation() != Comparison.Relation.EQUAL) {
                copy(stored, target);
            } else {
                touch(target);
            }
        }
        bytesWritten += missing.write();
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

    private Path newPlace(EntryName name) throws IOException {
        Path target = ground.place(name, owner);
        ground.remember(target);
        return target;
    }

    private void copy(Payload stored, Path target) throws IOException {
        WholeFile.write(target, owner, out -> bytesWritten += write(stored, 0, out));
    }

    /** Puts the rest of the stored records behind the file, in a copy that then takes its place. */
    private void append(Payload stored, long from, Path target, Snapshot before) throws IOException {
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
        try (InputStream in = PlainFile.open(file)) {
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

    private void touch(Path file) throws IOException {
        if (Files.isWritable(file)) {
            FileTime now = FileTime.from(Instant.now());
            Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(now, null, null);
        } else {
            notes.add(HeldFolder.shown(file)
                    + " cannot be written by this user: a resumed session would lose its new turns");
        }
    }

    /** What a file was when it was read, to notice a Claude Code that goes on writing it. */
    public record Snapshot(long size, FileTime modified) {
        static Snapshot of(Path file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Snapshot(now.size(), now.lastModifiedTime());
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
