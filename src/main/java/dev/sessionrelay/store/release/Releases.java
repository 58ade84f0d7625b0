package dev.sessionrelay.store.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.LostAnswer;
import dev.sessionrelay.github.Need;
import dev.sessionrelay.github.Reply;
import dev.sessionrelay.github.RepositoryName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The releases of one repository, as far as they keep sessions. GitHub does not find a draft by its tag, and allows any
 * number of drafts of one tag: they are found by listing all, and the oldest is the one.
 */
final class Releases {
    private static final int TRIES = 4;

    private final GitHub github;
    private final RepositoryName repository;

    Releases(GitHub github, RepositoryName repository) {
        this.github = github;
        this.repository = repository;
    }

    RepositoryName repository() {
        return repository;
    }

    GitHub github() {
        return github;
    }

    String path() {
        return "/repos/" + repository + "/releases";
    }

    /** All releases that are for sessions, whatever their branch. */
    List<Draft> list() {
        return github.list(path() + "?per_page=100", "list the releases of " + repository, Need.CONTENTS_WRITE).stream()
                .filter(node -> TagName.isOne(node.path("tag_name").asText()))
                .map(Draft::of)
                .toList();
    }

    /** The one release of this tag among those listed. */
    Optional<Draft> of(TagName tag, List<Draft> listed) {
        List<Draft> same = listed.stream()
                .filter(draft -> draft.tag().equals(tag))
                .sorted(Comparator.comparingLong(Draft::id))
                .toList();
        List<Draft> used = same.stream().filter(Draft::holdsSessions).toList();
        if (used.size() > 1) {
            throw ambiguous(tag, used);
        }
        return used.isEmpty()
                ? same.stream().min(Comparator.comparing((Draft draft) -> !draft.isDraft()))
                : Optional.of(used.getFirst());
    }

    private Failure ambiguous(TagName tag, List<Draft> same) {
        return new Failure(
                ExitCode.CONFLICT,
                repository + " has " + same.size() + " releases " + tag
                        + " that hold sessions, and no one can tell which"
                        + " is meant: "
                        + same.stream().map(Draft::page).collect(Collectors.joining(", ")),
                "delete all but one, on their pages or with "
                        + same.stream()
                                .skip(1)
                                .map(draft -> "`gh api -X DELETE repos/" + repository + "/releases/" + draft.id() + "`")
                                .collect(Collectors.joining(", ")));
    }

    /** Makes a draft, or takes the one that somebody else made at the same time. */
    Draft create(TagName tag, String title, String notes) {
        String doing = "create the draft release " + tag + " in " + repository;
        ObjectNode wish = GitHub.JSON.createObjectNode();
        wish.put("tag_name", tag.text());
        wish.put("name", title);
        wish.put("body", notes);
        wish.put("draft", true);
        for (int tried = 1; ; tried++) {
            Optional<Draft> mine = Optional.empty();
            try {
                mine = Optional.of(Draft.of(
                        github.post(path(), wish, doing, Need.CONTENTS_WRITE).orFail()));
            } catch (LostAnswer e) {
                if (tried == TRIES) {
                    throw GitHub.unclear(doing, e);
                }
            }
            List<Draft> listed = list();
            // A list may lag behind: one that does not show the draft that was just made is no reason to make another.
            Optional<Draft> chosen = of(tag, listed);
            if (chosen.isEmpty()) {
                chosen = mine;
            }
            if (chosen.isPresent()) {
                removeMyDouble(mine, chosen.get(), listed);
                return chosen.get();
            }
        }
    }

    /** Two writers that both found no draft have made two; the younger one is empty and goes. */
    private void removeMyDouble(Optional<Draft> mine, Draft chosen, List<Draft> listed) {
        boolean isDouble = mine.isPresent()
                && mine.get().id() != chosen.id()
                && listed.stream()
                        .anyMatch(draft ->
                                draft.id() == mine.get().id() && draft.assets().isEmpty());
        if (isDouble) {
            github.delete(path() + "/" + mine.get().id(), "remove a double of " + chosen.tag(), Need.CONTENTS_WRITE);
        }
    }

    List<Asset> assets(Draft draft) {
        return github
                .list(
                        path() + "/" + draft.id() + "/assets?per_page=100",
                        "list the assets of " + draft.tag() + " in " + repository,
                        Need.CONTENTS_WRITE)
                .stream()
                .map(Asset::of)
                .toList();
    }

    /** @return whether it has the name now; not where another asset has it */
    boolean rename(Asset asset, String name, String label) {
        ObjectNode wish = GitHub.JSON.createObjectNode().put("name", name).put("label", label);
        Reply reply = github.patch(
                path() + "/assets/" + asset.id(),
                wish,
                "rename " + asset.name() + " in " + repository,
                Need.CONTENTS_WRITE);
        if (reply.isAlreadyThere() || reply.isMissing()) {
            return false;
        }
        reply.orFail();
        return true;
    }

    void delete(Asset asset) {
        github.delete(
                path() + "/assets/" + asset.id(),
                "remove " + asset.name() + " from " + repository,
                Need.CONTENTS_WRITE);
    }

    /** Empty where the asset was removed. */
    <T> Optional<T> download(long asset, GitHub.Reader<T> reader, String what) {
        return github.download(
                path() + "/assets/" + asset, reader, "fetch " + what + " from " + repository, Need.CONTENTS_WRITE);
    }

    boolean isPublic() {
        JsonNode node = github.get("/repos/" + repository, "look at " + repository, Need.METADATA)
                .orFail();
        return !node.path("private").asBoolean(false);
    }
}
