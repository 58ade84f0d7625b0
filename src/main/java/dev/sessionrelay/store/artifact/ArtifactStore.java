package dev.sessionrelay.store.artifact;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.Permission;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.io.file.TemporaryFolder;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Changes;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Origin;
import dev.sessionrelay.session.Segmenter;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.FactsReader;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions that one workflow run left as artifacts {@code session-<id>}. */
final class ArtifactStore implements SessionStore {
    private final GitHub github;
    private final RepositoryName repository;
    private final long run;
    private final Set<Ref> ofOwnRun = ConcurrentHashMap.newKeySet();

    ArtifactStore(GitHub github, RepositoryName repository, long run) {
        this.github = github;
        this.repository = repository;
        this.run = run;
    }

    @Override
    public String name() {
        return ArtifactRef.SCHEME + ":" + repository + "#" + run;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public Optional<StoredSession> find(Query query) throws IOException {
        return switch (query) {
            case Query.ByRef(Ref ref) -> find(ArtifactRef.of(ref).id());
            case Query.BySession(SessionId id, Optional<Key> _) -> find(id);
            case Query.ByKey(Key _) -> Optional.empty();
        };
    }

    private Optional<StoredSession> find(SessionId id) throws IOException {
        Optional<Artifact> artifact = artifacts("&name=session-" + id).stream()
                .filter(found -> found.session().equals(id))
                .max(Comparator.comparing(Artifact::createdAt));
        if (artifact.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(stored(artifact.get(), transcript(artifact.get())));
    }

    private List<Artifact> artifacts(String filter) {
        List<Artifact> artifacts = new ArrayList<>();
        github.get(
                        "/repos/" + repository + "/actions/runs/" + run + "/artifacts?per_page=100" + filter,
                        "list the artifacts of run " + run + " in " + repository,
                        Permission.ACTIONS_READ)
                .orFail()
                .path("artifacts")
                .forEach(node -> Artifact.of(node).ifPresent(artifacts::add));
        return artifacts;
    }

    private Path transcript(Artifact artifact) throws IOException {
        String where = "artifact session-" + artifact.session() + " of run " + run;
        if (artifact.isExpired()) {
            throw Failure.nothingFound(
                    where + " has expired: GitHub keeps artifacts for 90 days at most",
                    "a machine that has restored the session still has it");
        }
        Path folder = TemporaryFolder.make("artifact").path();
        Path zip = folder.resolve("zip");
        Path target = folder.resolve("transcript.jsonl");
        Path fetched = github.download(
                        "/repos/" + repository + "/actions/artifacts/" + artifact.id() + "/zip",
                        in -> copied(in, zip),
                        "fetch " + where,
                        Permission.ACTIONS_READ)
                .orElseThrow(() -> Failure.nothingFound(where + " is there no more", "it may have been deleted"));
        return Unzipping.transcript(fetched, artifact.session(), target, where);
    }

    private static Path copied(InputStream in, Path target) throws IOException {
        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        return target;
    }

    private StoredSession stored(Artifact artifact, Path transcript) throws IOException {
        FilePayload payload = FilePayload.of(transcript);
        Manifest manifest = new Manifest(
                artifact.session(),
                Optional.empty(),
                Optional.empty(),
                FactsReader.of(payload),
                new Origin(
                        artifact.createdAt(),
                        "remote",
                        "none",
                        Map.of("by", "actions/upload-artifact", "run_id", String.valueOf(run))),
                Changes.NOTHING,
                List.of(Segmenter.cut(EntryName.TRANSCRIPT, payload, Optional.empty())
                        .entry()));
        Ref ref = new ArtifactRef(repository.toString(), run, artifact.session()).toRef();
        if (artifact.isOfOwnRun()) {
            ofOwnRun.add(ref);
        }
        return new StoredSession(ref, manifest, transcript.toString());
    }

    /** What a fork's run has left is nobody's word but the fork's. */
    @Override
    public Optional<Holder> place() {
        return Optional.empty();
    }

    @Override
    public Holder holder(StoredSession session) {
        String server = github.server().page().toString();
        return ofOwnRun.contains(session.ref())
                ? Holder.ofRepository(server + "/" + repository, server)
                : Holder.UNKNOWN;
    }

    @Override
    public Listing list() throws IOException {
        List<StoredSession> sessions = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (Artifact artifact : artifacts("")) {
            try {
                sessions.add(stored(artifact, transcript(artifact)));
            } catch (Failure failure) {
                problems.add(String.valueOf(failure.getMessage()));
            }
        }
        return new Listing(sessions, problems);
    }

    @Override
    public Bundle load(StoredSession session) throws IOException {
        Path transcript = Path.of(session.version());
        return new Bundle(session.manifest(), Map.of(EntryName.TRANSCRIPT, FilePayload.of(transcript)));
    }

    @Override
    public Saved save(Bundle bundle, Optional<StoredSession> base) {
        throw readOnly();
    }

    @Override
    public void delete(StoredSession session) {
        throw readOnly();
    }

    private static Failure readOnly() {
        return Failure.badInput(
                "artifacts can only be read: nothing outside of a workflow's own steps can write them",
                "carry the session to another store with `session-relay move <ref> git`");
    }
}
