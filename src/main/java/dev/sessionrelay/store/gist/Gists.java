package dev.sessionrelay.store.gist;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.Call;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.JsonResponse;
import dev.sessionrelay.github.Permission;
import dev.sessionrelay.github.UnknownOutcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The gists of one account. */
final class Gists {
    private static final String PATH = "/gists";

    private final GitHub github;
    /** What was read at a revision never changes. */
    private final Map<String, Gist> revisions = new ConcurrentHashMap<>();

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    Gists(GitHub github) {
        this.github = github;
    }

    GitHub github() {
        return github;
    }

    /** Those of sessions, without what is in their files. */
    List<Gist> list() {
        return github.list(PATH + "?per_page=100", "list your gists", Permission.GIST).stream()
                .map(Gist::of)
                .toList();
    }

    Optional<Gist> get(String id) {
        JsonResponse reply = github.get(PATH + "/" + id, "read gist " + id, Permission.GIST_READ);
        return reply.isMissing() ? Optional.empty() : Optional.of(remember(Gist.of(reply.orFail())));
    }

    Optional<Gist> get(String id, String revision) {
        Gist known = revisions.get(id + "@" + revision);
        if (known != null) {
            return Optional.of(known);
        }
        JsonResponse reply = github.get(PATH + "/" + id + "/" + revision, "read gist " + id, Permission.GIST_READ);
        if (reply.isMissing() || reply.status() == 422) {
            return Optional.empty();
        }
        return Optional.of(remember(at(revision, reply.orFail())));
    }

    private static Gist at(String revision, JsonNode node) {
        Gist gist = Gist.of(node);
        return new Gist(
                gist.id(),
                gist.page(),
                gist.owner(),
                gist.description(),
                gist.isPublic(),
                gist.gitAddress(),
                gist.updatedAt(),
                revision,
                gist.files());
    }

    /** The page of a gist that was seen. */
    Optional<String> page(String id) {
        return Optional.ofNullable(pages.get(id));
    }

    /** Whose a gist is that was seen. */
    Optional<String> owner(String id) {
        return Optional.ofNullable(owners.get(id));
    }

    private Gist remember(Gist gist) {
        pages.put(gist.id(), gist.page());
        gist.owner().ifPresent(owner -> owners.put(gist.id(), owner));
        revisions.put(gist.id() + "@" + gist.revision(), gist);
        return gist;
    }

    /** All revisions, the oldest first; none where the gist is gone. */
    List<String> history(String id) {
        try {
            return github
                    .list(
                            PATH + "/" + id + "/commits?per_page=100",
                            "read the history of gist " + id,
                            Permission.GIST_READ)
                    .stream()
                    .map(commit -> commit.path("version").asText())
                    .toList()
                    .reversed();
        } catch (Failure failure) {
            if (failure.exitCode() == ExitCode.NOTHING_FOUND) {
                return List.of();
            }
            throw failure;
        }
    }

    Gist create(Call.Body body) throws UnknownOutcome {
        return remember(Gist.of(
                github.post(PATH, body, "create a gist", Permission.GIST).orFail()));
    }

    /** Empty where the gist is not as it was thought to be, or is gone. */
    Optional<Gist> change(String id, Call.Body body) throws UnknownOutcome {
        JsonResponse reply = github.change(PATH + "/" + id, body, "change gist " + id, Permission.GIST);
        boolean isGone = reply.isMissing() && get(id).isEmpty();
        if (isGone || reply.status() == 409 || reply.status() == 422) {
            return Optional.empty();
        }
        return Optional.of(Gist.of(reply.orFail()));
    }

    void delete(String id) {
        github.delete(PATH + "/" + id, "delete gist " + id, Permission.GIST);
    }

    /** What a small file holds. */
    byte[] content(Gist gist, GistFile file) {
        return file.content()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .or(() -> github.download(
                        file.raw(),
                        in -> in.readNBytes((int) GistFile.MOST_BY_ADDRESS),
                        "read " + gist.where(file.name()),
                        Permission.NOTHING))
                .orElseThrow(() -> gone(gist, file));
    }

    static Failure gone(Gist gist, GistFile file) {
        return Failure.nothingFound(
                gist.where(file.name()) + " is there no more", "run this again: the gist was changed meanwhile");
    }
}
