package dev.sessionrelay.agent.claude;

import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.io.file.HeldFolder;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.transcript.Comparison;
import dev.sessionrelay.transcript.RecordField;
import dev.sessionrelay.transcript.RecordScanner;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds what is to be taken along with a session: the project's memory, and the plans that the session names. */
final class OptInFiles {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");
    /** No note that somebody keeps is larger, and who reads it is a model. */
    private static final long LARGEST = 1 << 20;

    private static final int MOST = 1000;
    private static final int DEEPEST = 5;

    private final SortedMap<EntryName, Path> found;
    private final List<Closeable> held;

    private OptInFiles(SortedMap<EntryName, Path> found, List<Closeable> held) {
        this.found = found;
        this.held = held;
    }

    /** @param records the transcript */
    static void add(
            OptIn with,
            SessionFiles.Places places,
            HeldFolder project,
            Path records,
            SortedMap<EntryName, Path> found,
            List<Closeable> held)
            throws IOException {
        OptInFiles taken = new OptInFiles(found, held);
        if (with.has(OptIn.OptInKind.MEMORY)) {
            taken.addMemory(project, "memory", "");
        }
        if (with.has(OptIn.OptInKind.PLANS) && Files.isDirectory(places.home().plans(), LinkOption.NOFOLLOW_LINKS)) {
            taken.addPlans(places.home().plans(), slugs(records));
        }
    }

    private void addMemory(HeldFolder above, String name, String path) throws IOException {
        if (path.length() - path.replace("/", "").length() > DEEPEST
                || !Files.isDirectory(above.path().resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        HeldFolder folder = above.enter(name);
        held.add(folder);
        for (Path file : filesIn(folder)) {
            String own = String.valueOf(file.getFileName());
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                addMemory(folder, own, path + own + "/");
            } else {
                put(path + own, true, folder, file);
            }
        }
    }

    private void addPlans(Path plans, Set<String> slugs) throws IOException {
        HeldFolder folder = HeldFolder.open(plans);
        held.add(folder);
        for (Path file : filesIn(folder)) {
            String name = String.valueOf(file.getFileName());
            if (slugs.stream().anyMatch(slug -> name.equals(slug + ".md") || name.startsWith(slug + "-agent-"))) {
                put(name, false, folder, file);
            }
        }
    }

    private static List<Path> filesIn(HeldFolder folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.path())) {
            all.forEach(files::add);
        }
        return files;
    }

    private void put(String path, boolean isMemory, HeldFolder folder, Path file) throws IOException {
        EntryName name;
        try {
            name = isMemory ? EntryName.memory(path) : EntryName.plan(path);
        } catch (IllegalArgumentException notOfThisKind) {
            return;
        }
        Optional<Path> plain = folder.file(String.valueOf(file.getFileName()));
        if (plain.isPresent()
                && PlainFile.size(plain.get()) <= LARGEST
                && found.size() < MOST
                && !RefusedNames.isRefused(name)) {
            found.put(name, plain.get());
        }
    }

    /** It is read as instructions in all sessions there, so that what the user has is never replaced; and said. */
    static Optional<String> left(Payload stored, Path here) throws IOException {
        return Comparison.of(FilePayload.of(here), stored).relation() == Comparison.Relation.EQUAL
                ? Optional.empty()
                : Optional.of(HeldFolder.shown(here)
                        + " differs from what the stored session brings along, and was left as it is");
    }

    /** A session's plans are called by its slugs. */
    private static Set<String> slugs(Path transcript) throws IOException {
        Set<String> slugs = new TreeSet<>();
        try (InputStream in = PlainFile.open(transcript);
                RecordScanner records = new RecordScanner(in)) {
            while (records.next()) {
                records.text(RecordField.SLUG)
                        .filter(slug -> SLUG.matcher(slug).matches())
                        .ifPresent(slugs::add);
            }
        }
        return slugs;
    }
}
