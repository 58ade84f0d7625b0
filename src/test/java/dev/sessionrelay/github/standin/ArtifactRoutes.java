package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What workflow runs have left. */
public final class ArtifactRoutes {
    static final String FOLDER = "/actions/";
    private static final Pattern OF_RUN = Pattern.compile("/actions/runs/(\\d+)/artifacts");
    private static final Pattern ZIP = Pattern.compile("/actions/artifacts/(\\d+)/zip");

    private final Hub hub;
    private final StandIn.Addresses at;
    private final Map<Long, Artifact> artifacts = new ConcurrentSkipListMap<>();

    @SuppressWarnings("ArrayRecordComponent")
    private record Artifact(
            long id, String repository, long head, long run, String name, byte[] zip, boolean expired) {}

    ArtifactRoutes(Hub hub, StandIn.Addresses at) {
        this.hub = hub;
        this.at = at;
    }

    /** As {@code actions/upload-artifact} would. */
    public void upload(Repo repo, long run, String name, byte[] zip, boolean expired) {
        upload(repo, repo, run, name, zip, expired);
    }

    /** @param head whose commit the run was of: a fork, where somebody proposed a change from one */
    public void upload(Repo repo, Repo head, long run, String name, byte[] zip, boolean expired) {
        long id = hub.nextId();
        String home = repo.owner() + "/" + repo.name();
        artifacts.put(id, new Artifact(id, home, head.id(), run, name, zip.clone(), expired));
    }

    Out answer(Ask ask, Repo repo, String rest) {
        if (!ask.grant().mayRead("actions") && repo.isPrivate()) {
            throw Refused.missing();
        }
        Matcher ofRun = OF_RUN.matcher(rest);
        Matcher zip = ZIP.matcher(rest);
        if (ofRun.matches()) {
            return list(ask, repo, Long.parseLong(ofRun.group(1)));
        }
        if (zip.matches()) {
            if (ask.grant() instanceof Grant.Nobody) {
                throw new Refused(401, "Requires authentication");
            }
            Artifact artifact = artifacts.get(Long.parseLong(zip.group(1)));
            if (artifact == null) {
                throw Refused.missing();
            }
            if (artifact.expired()) {
                throw new Refused(410, "Artifact has expired");
            }
            return Out.nothing(302).with("Location", at.files() + "/artifact/" + hub.ticket(artifact.zip()));
        }
        throw Refused.missing();
    }

    private Out list(Ask ask, Repo repo, long run) {
        List<ObjectNode> found = new ArrayList<>();
        for (Artifact artifact : artifacts.values()) {
            boolean isMeant = artifact.run() == run
                    && artifact.repository().equals(repo.owner() + "/" + repo.name())
                    && artifact.name().equals(ask.query().getOrDefault("name", artifact.name()));
            if (isMeant) {
                found.add(json(artifact, repo));
            }
        }
        ObjectNode answer = Shapes.JSON.createObjectNode().put("total_count", found.size());
        found.forEach(answer.putArray("artifacts")::add);
        return Out.json(200, answer);
    }

    private ObjectNode json(Artifact artifact, Repo repo) {
        String url = at.api() + "/repos/" + repo.owner() + "/" + repo.name() + "/actions/artifacts/" + artifact.id();
        ObjectNode node = Shapes.JSON.createObjectNode();
        node.put("id", artifact.id());
        node.put("node_id", "A_" + artifact.id());
        node.put("name", artifact.name());
        node.put("size_in_bytes", artifact.zip().length);
        node.put("url", url);
        node.put("archive_download_url", url + "/zip");
        node.put("expired", artifact.expired());
        node.put("created_at", Shapes.now());
        node.put("updated_at", Shapes.now());
        node.put("expires_at", Shapes.now());
        node.putObject("workflow_run")
                .put("id", artifact.run())
                .put("repository_id", repo.id())
                .put("head_repository_id", artifact.head())
                .put("head_branch", "main")
                .put("head_sha", "0123456789abcdef0123456789abcdef01234567");
        return node;
    }
}
