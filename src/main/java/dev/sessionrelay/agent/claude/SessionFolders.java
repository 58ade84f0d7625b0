package dev.sessionrelay.agent.claude;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.HeldFolder;
import dev.sessionrelay.io.file.Leftovers;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.io.file.WholeFile;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The folders of one session, held for as long as files are read in them or placed into them. They belong to somebody
 * who may be another than the user we are, and may change them meanwhile.
 */
final class SessionFolders implements Closeable {
    private final SessionFiles.Places places;
    private final Map<Path, HeldFolder> held = new HashMap<>();
    private final Deque<Path> made = new ArrayDeque<>();

    SessionFolders(SessionFiles.Places places) {
        this.places = places;
    }

    /** The path of a file that is here; empty where there is none. */
    Optional<Path> find(EntryName name) throws IOException {
        Path shown = places.of(name);
        try {
            Optional<HeldFolder> folder = folder(name);
            return folder.isEmpty() ? Optional.empty() : folder.get().file(lastOf(shown));
        } catch (NotDirectoryException e) {
            throw Failure.notAllowed(
                    "cannot put " + shown + " where it belongs: " + e.getFile() + " is no folder",
                    "look what it is and remove it, or restore into another config folder with --claude-home");
        }
    }

    /** The path where a file is to lie, in folders that are made where they are missing. */
    Path place(EntryName name, Owner owner) throws IOException {
        Path shown = places.of(name);
        HeldFolder folder = base(name, Optional.of(owner)).orElseThrow();
        for (String below : foldersOf(name)) {
            folder = within(folder, below, Optional.of(owner)).orElseThrow();
        }
        return folder.path().resolve(lastOf(shown));
    }

    /** Remembers a file that was not here before. */
    void remember(Path file) {
        made.push(file);
    }

    /** Takes away what was made, when the rest of it cannot be. */
    void undo() {
        while (!made.isEmpty()) {
            try {
                Files.deleteIfExists(made.pop());
            } catch (IOException e) {
                // Somebody works in there already.
            }
        }
    }

    /** Looks at every name before the first file is written: what one of them meets decides about all. */
    void requireRoomFor(Manifest manifest) throws IOException {
        for (EntryName name :
                manifest.entries().stream().map(entry -> entry.name()).toList()) {
            if (!name.equals(EntryName.TRANSCRIPT)) {
                refuseLinks(places.of(name));
            }
            find(name);
        }
    }

    /** Removes what a run that was killed has left in the folders of this session. */
    void sweep(Manifest manifest, Owner owner) throws IOException {
        for (Path folder : List.of(
                places.project().resolve(places.id().text()), places.home().tasksOf(places.id()))) {
            Leftovers.sweepUpFrom(folder, owner);
            Leftovers.sweepDownFrom(folder, owner);
        }
        List<Path> swept = new ArrayList<>();
        for (EntryName name :
                manifest.entries().stream().map(entry -> entry.name()).toList()) {
            Path shown = Objects.requireNonNull(places.of(name).getParent());
            if (swept.isEmpty() || !swept.getLast().equals(shown)) {
                Optional<HeldFolder> folder = folder(name);
                if (folder.isPresent()) {
                    WholeFile.sweep(folder.get().path());
                }
                swept.add(shown);
            }
        }
    }

    private Optional<HeldFolder> folder(EntryName name) throws IOException {
        Optional<HeldFolder> folder = base(name, Optional.empty());
        for (String below : foldersOf(name)) {
            folder = folder.isEmpty() ? folder : within(folder.get(), below, Optional.empty());
        }
        return folder;
    }

    private Optional<HeldFolder> base(EntryName name, Optional<Owner> maker) throws IOException {
        Path base = switch (name.room()) {
            case TASKS ->
                Objects.requireNonNull(places.home().tasksOf(places.id()).getParent());
            case PLANS -> places.home().plans();
            case TRANSCRIPT, BESIDE, FOLDER, MEMORY -> places.project();
        };
        HeldFolder known = held.get(base);
        if (known != null) {
            return Optional.of(known);
        }
        if (maker.isEmpty() && !Files.exists(base, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            HeldFolder folder = maker.isPresent() ? HeldFolder.make(base, maker.get()) : HeldFolder.open(base);
            held.put(base, folder);
            return Optional.of(folder);
        } catch (NoSuchFileException e) {
            if (maker.isPresent()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Optional<HeldFolder> within(HeldFolder folder, String below, Optional<Owner> maker) throws IOException {
        Path real = folder.real().resolve(below);
        HeldFolder known = held.get(real);
        if (known != null) {
            return Optional.of(known);
        }
        Path at = folder.path().resolve(below);
        boolean missing = !Files.exists(at, LinkOption.NOFOLLOW_LINKS);
        if (missing && maker.isEmpty()) {
            return Optional.empty();
        }
        HeldFolder found = maker.isPresent() ? folder.make(below, maker.get()) : folder.enter(below);
        if (missing) {
            made.push(at);
        }
        held.put(real, found);
        return Optional.of(found);
    }

    /** The folders between the room's own and the file. */
    private List<String> foldersOf(EntryName name) {
        List<String> parts = Arrays.asList(name.inRoom().split("/", -1));
        List<String> folders = new ArrayList<>();
        if (name.room() == EntryName.EntryFolder.FOLDER || name.room() == EntryName.EntryFolder.TASKS) {
            folders.add(places.id().text());
        }
        if (name.room() == EntryName.EntryFolder.MEMORY) {
            folders.add(SessionFiles.MEMORY);
        }
        folders.addAll(parts.subList(0, parts.size() - 1));
        return folders;
    }

    private static String lastOf(Path path) {
        return String.valueOf(path.getFileName());
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

    @Override
    public void close() throws IOException {
        for (HeldFolder folder : held.values()) {
            folder.close();
        }
        held.clear();
    }
}
