package dev.sessionrelay.github.standin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.transport.UploadPack;

/** A gist as the git repository that it is, for reading. */
final class GistGit {
    private static final PersonIdent SOMEBODY =
            new PersonIdent("octocat", "octocat@example.com", Instant.EPOCH, ZoneOffset.UTC);

    private GistGit() {}

    /** Keeps an object, or only tells its id. */
    @FunctionalInterface
    interface Keeping {
        ObjectId of(int type, byte[] content) throws IOException;
    }

    /** The commit that a revision is. */
    static ObjectId commit(Map<String, String> files, Optional<ObjectId> parent, Keeping keep) throws IOException {
        TreeFormatter tree = new TreeFormatter();
        for (Map.Entry<String, String> file : files.entrySet()) {
            tree.append(
                    file.getKey(),
                    FileMode.REGULAR_FILE,
                    keep.of(Constants.OBJ_BLOB, file.getValue().getBytes(StandardCharsets.UTF_8)));
        }
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(keep.of(Constants.OBJ_TREE, tree.toByteArray()));
        commit.setAuthor(SOMEBODY);
        commit.setCommitter(SOMEBODY);
        commit.setMessage("");
        parent.ifPresent(commit::setParentId);
        return keep.of(Constants.OBJ_COMMIT, commit.build());
    }

    static Out answer(Ask ask, List<Map<String, String>> revisions) {
        try {
            InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("gist"));
            Optional<ObjectId> tip = Optional.empty();
            try (ObjectInserter inserter = repository.newObjectInserter()) {
                for (Map<String, String> files : revisions) {
                    tip = Optional.of(commit(files, tip, inserter::insert));
                }
                inserter.flush();
            }
            RefUpdate main = repository.updateRef("refs/heads/main");
            main.setNewObjectId(tip.orElseThrow());
            main.update();
            repository.getConfig().setBoolean("uploadpack", null, "allowFilter", true);
            UploadPack pack = new UploadPack(repository);
            pack.setBiDirectionalPipe(false);
            pack.setExtraParameters(List.of("version=2"));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] body = ask.header("Content-Encoding").filter("gzip"::equals).isPresent()
                    ? new GZIPInputStream(new ByteArrayInputStream(ask.body())).readAllBytes()
                    : ask.body();
            pack.upload(new ByteArrayInputStream(body), out, null);
            return new Out(200, "application/x-git-upload-pack-result", out.toByteArray(), Map.of());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
