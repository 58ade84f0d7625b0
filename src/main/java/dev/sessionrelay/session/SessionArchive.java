package dev.sessionrelay.session;

import dev.sessionrelay.archive.ExtractedFile;
import dev.sessionrelay.archive.TarReader;
import dev.sessionrelay.archive.TarWriter;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.BlockStream;
import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.io.ParallelGzip;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.SessionId;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A bundle as a {@code .tar.gz} that unpacks, by any tar, in a project's folder to what Claude Code expects there:
 * {@code <id>.jsonl}, and the session's other files in {@code <id>/}. Only the task list has its place elsewhere, and
 * travels as {@code <id>/@tasks/}.
 *
 * <p>The tar is our own two hundred lines, since a library for archives of all kinds weighs more than all of this
 * program: we need files in order, and to be stricter than a library is about what else an archive may hold.
 */
public final class SessionArchive {
    private static final String TASKS = "@tasks/";
    private static final int MOST_FILES = 20_000;
    private static final long MOST_BYTES = 16L << 30;
    /** JSON lines shrink to a tenth or a thirtieth; what shrinks more, and is not small, was made to fill a disk. */
    private static final long MOST_RATIO = 300;

    private static final long SMALL = 64L << 20;
    private static final int SMALL_REST = 1 << 20;

    private SessionArchive() {}

    public static void write(Bundle bundle, OutputStream out) throws IOException {
        Manifest manifest = bundle.manifest();
        try (TarWriter tar =
                new TarWriter(new ParallelGzip(out), manifest.origin().savedAt())) {
            Optional<Entry> transcript = manifest.entry(EntryName.TRANSCRIPT);
            if (transcript.isPresent()) {
                add(transcript.get(), bundle, tar);
            }
            for (Entry entry : manifest.entries()) {
                if (!entry.name().equals(EntryName.TRANSCRIPT)) {
                    add(entry, bundle, tar);
                }
            }
        }
    }

    private static void add(Entry entry, Bundle bundle, TarWriter tar) throws IOException {
        String path = pathOf(entry.name(), bundle.manifest().sessionId());
        try (InputStream content =
                new VerifyingInputStream(bundle.payload(entry.name()).open(), entry)) {
            tar.add(path, entry.size(), content);
        }
    }

    static String pathOf(EntryName name, SessionId id) {
        return switch (name.room()) {
            case TRANSCRIPT -> id + ".jsonl";
            case BESIDE -> name.inRoom();
            case TASKS -> id + "/" + TASKS + name.inRoom();
            case FOLDER, MEMORY, PLANS -> id + "/" + name.text();
        };
    }

    /** Which file of the session this is; empty for what is none of it, such as the files of another. */
    static Optional<EntryName> nameOf(String path, SessionId id) {
        String clean = path.replaceFirst("^(\\./)+", "");
        String folder = id + "/";
        if (clean.equals(id + ".jsonl")) {
            return Optional.of(EntryName.TRANSCRIPT);
        }
        if (clean.startsWith(folder + TASKS)) {
            return Optional.of(EntryName.task(clean.substring(folder.length() + TASKS.length())));
        }
        if (clean.startsWith(folder)) {
            return Optional.of(EntryName.inArchive(clean.substring(folder.length())));
        }
        if (clean.startsWith("/") || clean.contains("\\") || (clean + "/").contains("../")) {
            throw new IllegalArgumentException("\"" + SafeText.of(path, 120) + "\" leads out of the folder");
        }
        return clean.matches("agent-[^/]+\\.jsonl") ? Optional.of(EntryName.beside(clean)) : Optional.empty();
    }

    /**
     * Unpacks into a folder, under names of our own making.
     *
     * @param where names the archive to a person
     */
    public static Map<EntryName, Payload> unpack(InputStream archive, SessionId id, Path folder, String where)
            throws IOException {
        Map<EntryName, Payload> payloads = new TreeMap<>();
        CountedEntry counted = new CountedEntry(archive);
        try (InputStream in = new BufferedInputStream(new Bounded(gunzipped(counted, where), counted), 1 << 16)) {
            TarReader tar = new TarReader(in);
            int files = 0;
            for (Optional<TarReader.TarItem> item = tar.next(); item.isPresent(); item = tar.next()) {
                if (++files > MOST_FILES) {
                    throw new IOException("it holds more than " + MOST_FILES + " files");
                }
                Optional<EntryName> name = nameOf(item.get().name(), id);
                Path file = folder.resolve(String.valueOf(files));
                copy(tar, name.isPresent() ? Optional.of(file) : Optional.empty());
                if (name.isPresent() && payloads.put(name.get(), FilePayload.of(file)) != null) {
                    throw new IOException(name.get() + " is in it twice");
                }
            }
            // Up to gzip's own checksum; a tar is filled up with some zeros.
            in.readNBytes(SMALL_REST);
        } catch (CountedEntry.SourceFailed e) {
            throw e.source();
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(where, String.valueOf(e.getMessage()));
        }
        if (!payloads.containsKey(EntryName.TRANSCRIPT)
                && payloads.keySet().stream().noneMatch(EntryName::isSealed)) {
            throw damaged(where, "it holds no " + id + ".jsonl");
        }
        return payloads;
    }

    private static InputStream gunzipped(CountedEntry counted, String where) throws IOException {
        try {
            return new GZIPInputStream(counted, 1 << 16);
        } catch (CountedEntry.SourceFailed e) {
            throw e;
        } catch (IOException e) {
            throw damaged(where, "it is no gzip file");
        }
    }

    private static void copy(TarReader tar, Optional<Path> file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (ExtractedFile to = ExtractedFile.to(file)) {
            for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                to.write(buffer, read);
            }
        }
    }

    private static Failure damaged(String where, String why) {
        return Failure.damaged(
                where + " is damaged: " + why,
                "nothing was changed here; save the session again from a machine that still has it");
    }

    /** What comes out of the archive, whatever it is: files, what is passed over, and the names of all of it. */
    private static final class Bounded extends BlockStream {
        private final InputStream in;
        private final CountedEntry packed;
        private long count;

        Bounded(InputStream in, CountedEntry packed) {
            this.in = in;
            this.packed = packed;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            count += Math.max(0, read);
            if (count > MOST_BYTES || count > SMALL + MOST_RATIO * packed.count()) {
                throw new IOException("it unpacks to more than a session can have");
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Counts what is read, and keeps failures of the source apart from those of the content. */
    private static final class CountedEntry extends FilterInputStream {
        private long count;

        /** The source failed, not what it brought. */
        private static final class SourceFailed extends IOException {
            private static final long serialVersionUID = 1;
            private final IOException source;

            SourceFailed(IOException source) {
                super(source);
                this.source = source;
            }

            IOException source() {
                return source;
            }
        }

        CountedEntry(InputStream in) {
            super(in);
        }

        long count() {
            return count;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                int read = super.read(bytes, offset, length);
                count += Math.max(0, read);
                return read;
            } catch (IOException e) {
                throw new SourceFailed(e);
            }
        }
    }
}
