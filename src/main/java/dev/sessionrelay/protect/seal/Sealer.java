package dev.sessionrelay.protect.seal;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Seal;
import dev.sessionrelay.session.SealedManifestJson;
import dev.sessionrelay.session.Segment;
import dev.sessionrelay.session.SegmentBytes;
import dev.sessionrelay.session.Segmenter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes of a bundle one that only its recipients can read. Each segment becomes a file of age, compressed before; the
 * manifest becomes another, and stands in letters in the manifest outside. That one names the files by digests of what
 * is sealed, which tell nobody anything of what is inside. The manifest inside has the digests of the content, in the
 * same order, and so tells those who can open it which files a later save need not make again.
 */
public final class Sealer {
    private final List<Recipient> recipients;

    public Sealer(List<Recipient> recipients) {
        this.recipients = List.copyOf(recipients);
    }

    /**
     * A sealed session as it is stored, and the manifest inside.
     *
     * @param sealed its payloads are read only where a store wants a file again
     */
    public record Earlier(Bundle sealed, Manifest inside) {}

    private record SealedFile(Entry entry, Payload payload) {}

    /** @param folder where the sealed files can lie until they are stored */
    public Bundle seal(Bundle open, Optional<Earlier> earlier, Path folder) throws IOException {
        Bundle cut = withSmallSegments(open);
        List<SegmentBytes> segments = segmentsOf(cut);
        Map<Digest, SealedFile> reusable = reusable(earlier);
        // Each file stands for one segment, so one that is needed twice is taken once.
        List<Optional<SealedFile>> reused = segments.stream()
                .map(bytes ->
                        Optional.ofNullable(reusable.remove(bytes.segment().digest())))
                .toList();
        try {
            List<SealedFile> files = IntStream.range(0, segments.size())
                    .parallel()
                    .mapToObj(i -> reused.get(i).orElseGet(() -> seal(segments.get(i), folder)))
                    .toList();
            return outside(cut.manifest(), files);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Bundle outside(Manifest inside, List<SealedFile> files) {
        Map<EntryName, Payload> payloads = new LinkedHashMap<>();
        files.forEach(file -> payloads.put(file.entry().name(), file.payload()));
        List<String> to = recipients.stream().map(Recipient::line).toList();
        Seal seal = new Seal(
                to,
                true,
                AgeFile.sealInLetters(SealedManifestJson.write(inside, to), recipients),
                files.stream().map(SealedFile::entry).toList());
        return new Bundle(inside.withSeal(Optional.of(seal)).asStored(), payloads);
    }

    /** Another tool may have stored a file in one piece of any size; who opens a file holds it in memory. */
    private static Bundle withSmallSegments(Bundle bundle) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : bundle.manifest().entries()) {
            boolean large = entry.segments().stream().anyMatch(segment -> segment.size() > Opener.LARGEST);
            entries.add(
                    large
                            ? Segmenter.cut(entry.name(), bundle.payload(entry.name()), Optional.empty())
                                    .entry()
                            : entry);
        }
        return bundle.with(bundle.manifest().withEntries(entries));
    }

    private static List<SegmentBytes> segmentsOf(Bundle bundle) {
        List<SegmentBytes> segments = new ArrayList<>();
        for (Entry entry : bundle.manifest().entries()) {
            long offset = 0;
            for (Segment segment : entry.segments()) {
                segments.add(new SegmentBytes(bundle.payload(entry.name()), segment, offset));
                offset += segment.size();
            }
        }
        return segments;
    }

    /** What was sealed to others before is sealed anew, for those who may read it now. */
    private Map<Digest, SealedFile> reusable(Optional<Earlier> earlier) {
        Map<Digest, SealedFile> files = new HashMap<>();
        if (earlier.isEmpty() || !isToTheSame(earlier.get().inside().seal().orElseThrow())) {
            return files;
        }
        Bundle sealed = earlier.get().sealed();
        List<Entry> entries = sealed.manifest().entries();
        int next = 0;
        for (Entry entry : earlier.get().inside().entries()) {
            for (Segment segment : entry.segments()) {
                Entry file = entries.get(next++);
                files.put(segment.digest(), new SealedFile(file, sealed.payload(file.name())));
            }
        }
        return files;
    }

    /** Whether a session is sealed to exactly those whom this one seals to, by what stands inside of it. */
    public boolean isToTheSame(Seal seal) {
        return seal.told()
                && Set.copyOf(seal.to())
                        .equals(recipients.stream().map(Recipient::line).collect(Collectors.toSet()));
    }

    private SealedFile seal(SegmentBytes bytes, Path folder) {
        try {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed, 1 << 16)) {
                bytes.writeTo(gzip);
            }
            byte[] file = AgeFile.seal(compressed.toByteArray(), recipients);
            Digest digest = Digest.of(file);
            EntryName name = EntryName.sealed(digest);
            Path place = Files.write(folder.resolve(digest.hex()), file);
            Entry entry = new Entry(name, file.length, digest, List.of(new Segment(file.length, digest)));
            return new SealedFile(entry, new FilePayload(place, file.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
