package dev.sessionrelay.store.folder;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.io.file.Leftovers;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.io.file.PathBelow;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.io.file.PrivateFolder;
import dev.sessionrelay.io.file.WholeFile;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.ManifestJson;
import dev.sessionrelay.store.ForceDelete;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A session is a manifest and the segments that it names. Saving writes the segments that are not there yet, then, with
 * the store's lock held, looks whether the manifest is still the one that the save was based on and renames the new one
 * into its place. Segments that no manifest names are removed when they are old enough that nobody reads or writes
 * them.
 */
public final class FolderStore implements SessionStore, ForceDelete {
    private static final int MOST_OF_A_KEY = 4096;

    private final FolderLayout layout;

    public FolderStore(Path root) {
        this.layout = new FolderLayout(root);
    }

    @Override
    public String name() {
        return "folder:" + layout.root();
    }

    @Override
    public Optional<ForceDelete> removesUnread() {
        return Optional.of(this);
    }

    @Override
    public Optional<StoredSession> find(Query query) throws IOException {
        return switch (query) {
            case Query.ByRef(Ref ref) -> read(FolderKind.idIn(ref));
            case Query.BySession(SessionId id, Optional<Key> anyKey) -> {
                // Every save begins so, and one that has nothing to write ends so.
                removeLeftovers(id);
                yield read(id);
            }
            case Query.ByKey(Key key) -> latestOf(key);
        };
    }

    private void removeLeftovers(SessionId id) throws IOException {
        Owner owner = Owner.ofNearest(layout.root());
        layout.requireNoLinks(id, owner);
        Leftovers.sweepUpFrom(layout.sessions(), owner);
        Leftovers.sweepUpFrom(layout.keys(), owner);
        Leftovers.sweepDownFrom(layout.session(id), owner);
    }

    private Optional<StoredSession> latestOf(Key key) throws IOException {
        Optional<StoredSession> pointed = Optional.empty();
        try {
            String id = PlainFile.text(layout.key(key), MOST_OF_A_KEY).strip();
            pointed = SessionId.isOne(id) ? read(new SessionId(id)) : pointed;
        } catch (NoSuchFileException never) {
            return Optional.empty();
        } catch (PlainFile.Unfit e) {
            throw unfit(e);
        }
        if (pointed.isPresent()) {
            return pointed;
        }
        // The session that the key pointed to was deleted: the one saved before it is the latest now.
        return list().sessions().stream()
                .filter(session -> session.manifest().key().equals(Optional.of(key.text())))
                .findFirst();
    }

    private Optional<StoredSession> read(SessionId id) throws IOException {
        Path file = layout.manifest(id);
        byte[] json;
        try {
            json = PlainFile.bytes(file, ManifestJson.LARGEST);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (PlainFile.Unfit e) {
            throw unfit(e);
        }
        Manifest manifest = ManifestJson.read(json, file.toString());
        if (!manifest.sessionId().equals(id)) {
            throw Failure.damaged(
                    file + " is of another session: " + manifest.sessionId(),
                    "put it back where it belongs, or delete it");
        }
        return Optional.of(stored(manifest, json));
    }

    private static Failure unfit(PlainFile.Unfit unfit) {
        return Failure.damaged(
                "could not read " + unfit.getFile() + ": " + unfit.getReason(),
                "nothing was changed here; look at who can write to that store, and delete it there");
    }

    private StoredSession stored(Manifest manifest, byte[] json) {
        Ref ref = new Ref("folder", layout.root() + "/" + manifest.sessionId());
        return new StoredSession(ref, manifest, Digest.of(json).hex());
    }

    @Override
    public Listing list() throws IOException {
        List<StoredSession> sessions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        if (Files.isDirectory(layout.sessions())) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(layout.sessions())) {
                for (Path folder : folders) {
                    try {
                        Optional<SessionId> id =
                                SessionId.in(folder.getFileName().toString());
                        if (id.isPresent()) {
                            read(id.get()).ifPresent(sessions::add);
                        }
                    } catch (Failure damaged) {
                        problems.add(String.valueOf(damaged.getMessage()));
                    }
                }
            }
        }
        sessions.sort(
                Comparator.comparing((StoredSession s) -> s.manifest().origin().savedAt())
                        .reversed());
        return new Listing(sessions, problems);
    }

    @Override
    public Saved save(Bundle bundle, Optional<StoredSession> base) throws IOException, StaleBase {
        Owner owner = Owner.ofNearest(layout.root());
        Manifest manifest = bundle.manifest();
        SessionId id = manifest.sessionId();
        layout.requireNoLinks(id, owner);
        PrivateFolder.make(layout.keys(), owner);
        long written = writeAhead(bundle, owner);
        byte[] json = ManifestJson.write(manifest);
        try (CommitLock _ = CommitLock.take(layout.lock(), owner)) {
            requireUnchanged(id, base);
            // Another writer may have swept or deleted a segment since it was found to be there.
            written += writeMissing(bundle, owner);
            // First the key: when a run is killed in between, saving again is not done before the manifest is written.
            pointKey(manifest, owner);
            WholeFile.write(layout.manifest(id), owner, out -> out.write(json));
            sweep(manifest);
            writeReadme(owner);
        }
        return new Saved(stored(manifest, json), written + json.length);
    }

    /** Does most of the work while others may still commit. */
    private long writeAhead(Bundle bundle, Owner owner) throws IOException {
        try {
            return writeMissing(bundle, owner);
        } catch (NoSuchFileException e) {
            return 0; // The session is being deleted; what is missing is written with the lock held.
        }
    }

    private long writeMissing(Bundle bundle, Owner owner) throws IOException {
        SessionId id = bundle.manifest().sessionId();
        PrivateFolder.make(layout.content(id), owner);
        long written = 0;
        for (Entry entry : bundle.manifest().entries()) {
            written += new PartWriter(bundle.payload(entry.name()), owner).writeMissing(layout.parts(id, entry));
        }
        return written;
    }

    private void requireUnchanged(SessionId id, Optional<StoredSession> base) throws IOException, StaleBase {
        Optional<String> now = read(id).map(StoredSession::version);
        if (!now.equals(base.map(StoredSession::version))) {
            throw new StaleBase("session " + id + " in " + name() + " was saved by someone else meanwhile");
        }
    }

    private void pointKey(Manifest manifest, Owner owner) throws IOException {
        if (manifest.key().isPresent()) {
            byte[] id = (manifest.sessionId() + "\n").getBytes(StandardCharsets.UTF_8);
            WholeFile.write(layout.key(new Key(manifest.key().get())), owner, out -> out.write(id));
        }
    }

    private void sweep(Manifest manifest) throws IOException {
        WholeFile.sweep(layout.root());
        WholeFile.sweep(layout.keys());
        WholeFile.sweep(layout.session(manifest.sessionId()));
        Set<Path> named = new HashSet<>();
        for (Entry entry : manifest.entries()) {
            layout.parts(manifest.sessionId(), entry).forEach(part -> named.add(part.file()));
        }
        for (Path file : PathBelow.files(layout.content(manifest.sessionId()))) {
            if (!named.contains(file) && WholeFile.isOld(file)) {
                Files.deleteIfExists(file);
            }
        }
        WholeFile.sweep(layout.session(manifest.sessionId()));
        WholeFile.sweep(layout.keys());
        WholeFile.sweep(layout.root());
    }

    private void writeReadme(Owner owner) throws IOException {
        if (Files.exists(layout.readme())) {
            return;
        }
        byte[] text = """
                # Claude Code sessions, kept by Session Relay

                `sessions/<id>/manifest.json` says what a session is. Its files are in `sessions/<id>/content`, each as a
                folder of parts: `cat sessions/<id>/content/transcript.jsonl/*` shows the conversation, when no save was
                cut short. `keys/` holds, for each key, the id of its latest session.

                To continue a session here: `session-relay restore folder:%s/<id>`
                """.formatted(layout.root()).getBytes(StandardCharsets.UTF_8);
        WholeFile.write(layout.readme(), owner, out -> out.write(text));
    }

    @Override
    public Bundle load(StoredSession session) {
        Manifest manifest = session.manifest();
        Map<EntryName, Payload> payloads = new TreeMap<>();
        for (Entry entry : manifest.entries()) {
            payloads.put(entry.name(), new SegmentsPayload(layout.parts(manifest.sessionId(), entry), entry.size()));
        }
        return new Bundle(manifest, payloads);
    }

    @Override
    public void delete(StoredSession session) throws IOException, StaleBase {
        SessionId id = session.manifest().sessionId();
        if (!Files.isDirectory(layout.session(id))) {
            return;
        }
        Owner owner = Owner.ofNearest(layout.root());
        layout.requireNoLinks(id, owner);
        try (CommitLock _ = CommitLock.take(layout.lock(), owner)) {
            Optional<StoredSession> now = read(id);
            if (now.isPresent()) {
                requireUnchanged(id, Optional.of(session));
                // Without its manifest the session is gone, whatever becomes of the rest.
                Files.deleteIfExists(layout.manifest(id));
            }
            PathBelow.remove(layout.session(id));
        }
    }

    @Override
    public void remove(Ref ref) throws IOException {
        try (CommitLock _ = CommitLock.take(layout.lock(), Owner.ofNearest(layout.root()))) {
            PathBelow.remove(layout.session(FolderKind.idIn(ref)));
        }
    }
}
