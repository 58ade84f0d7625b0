package dev.sessionrelay.store.gist;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.Address;
import dev.sessionrelay.git.Remote;
import dev.sessionrelay.git.TempFolder;
import dev.sessionrelay.github.Permission;
import dev.sessionrelay.http.WebOrigin;
import dev.sessionrelay.io.ChainedStream;
import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.SessionArchive;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Brings files of a gist to this machine: what GitHub sent along with the gist, larger ones from their address, and
 * those that it gives no other way by git.
 */
final class GistContent {
    private static final long LARGEST = 1L << 30;

    private final Gists gists;
    private final StoreContext surroundings;
    private final TempFolder scratch;

    GistContent(Gists gists, StoreContext surroundings, TempFolder scratch) {
        this.gists = gists;
        this.surroundings = surroundings;
        this.scratch = scratch;
    }

    TempFolder scratch() {
        return scratch;
    }

    /** The session's files, each as a file here. */
    Map<EntryName, Payload> unpack(Gist gist, SessionId id, GistSave save) throws IOException {
        Map<EntryName, Payload> payloads = new TreeMap<>();
        if (!save.archive().isEmpty()) {
            List<Path> pieces = files(gist, save.archive());
            Path folder = Files.createTempDirectory(scratch.folder(), "");
            try (InputStream in = new ChainedStream(
                    pieces.stream().map(GistContent::decoded).toList().iterator())) {
                payloads.putAll(SessionArchive.unpack(in, id, folder, gist.where("the archive")));
            }
        }
        if (!save.transcript().isEmpty()) {
            Path whole = scratch.file();
            try (OutputStream out = Files.newOutputStream(whole)) {
                for (Path piece : files(gist, save.transcript())) {
                    try (InputStream in = PlainFile.open(piece)) {
                        in.transferTo(out);
                    }
                    Files.delete(piece);
                }
            }
            payloads.put(EntryName.TRANSCRIPT, FilePayload.of(whole));
        }
        return payloads;
    }

    private static ChainedStream.StreamPart decoded(Path file) {
        return () -> Base64.getMimeDecoder().wrap(PlainFile.open(file));
    }

    private List<Path> files(Gist gist, List<GistPiece> pieces) throws IOException {
        List<Path> files = new ArrayList<>();
        for (GistPiece piece : pieces) {
            GistFile file = gist.file(piece.name())
                    .orElseThrow(() -> Failure.damaged(
                            gist.where(piece.name()) + " is missing",
                            "an earlier revision of the gist may be whole; else save again from a machine that still has"
                                    + " the session"));
            files.add(bring(gist, file));
        }
        return files;
    }

    Path bring(Gist gist, GistFile file) throws IOException {
        Path target = scratch.file();
        if (file.content().isPresent()) {
            return Files.writeString(target, file.content().get(), StandardCharsets.UTF_8);
        }
        if (file.size() > GistFile.MOST_BY_ADDRESS) {
            byGit(gist, file, target);
            return target;
        }
        return gists.github()
                .download(file.raw(), in -> copied(in, target), "read " + gist.where(file.name()), Permission.NOTHING)
                .orElseThrow(() -> Gists.gone(gist, file));
    }

    private static Path copied(InputStream in, Path target) throws IOException {
        Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        return target;
    }

    private void byGit(Gist gist, GistFile file, Path target) throws IOException {
        if (WebOrigin.parse(gist.gitAddress()).isEmpty()) {
            // A path would be read from this machine's own disk.
            throw Failure.damaged(
                    "gist " + gist.id() + " names no web address to read it from",
                    "check GITHUB_API_URL: the server that answers there gave this address");
        }
        Remote remote = Address.parse(gist.gitAddress(), surroundings).connect(surroundings, scratch);
        ObjectId commit = ObjectId.fromString(gist.revision());
        remote.fetchCommits(List.of(commit));
        Optional<ObjectId> blob = blob(remote, commit, file.name());
        remote.fetchFiles(List.of(List.of(blob.orElseThrow(() -> Gists.gone(gist, file)))), LARGEST);
        try (OutputStream out = Files.newOutputStream(target)) {
            remote.objects().open(blob.get()).copyTo(out);
        }
    }

    private static Optional<ObjectId> blob(Remote remote, ObjectId commit, String name) throws IOException {
        try (RevWalk walk = new RevWalk(remote.objects());
                TreeWalk tree = TreeWalk.forPath(
                        remote.objects(), name, walk.parseCommit(commit).getTree())) {
            return Optional.ofNullable(tree).map(found -> found.getObjectId(0));
        }
    }
}
