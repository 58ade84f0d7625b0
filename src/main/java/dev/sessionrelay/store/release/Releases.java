package dev.sessionrelay.store.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.JsonResponse;
import dev.sessionrelay.github.Named;
import dev.sessionrelay.github.Permission;
import dev.sessionrelay.github.Refused;
import dev.sessionrelay.github.RepositoryName;
import dev.sessionrelay.github.UnknownOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohsuke.github.GHAsset;
import org.kohsuke.github.GHRelease;
import org.kohsuke.github.PagedIterator;

/**
 * The releases of one repository, as far as they keep sessions. GitHub does not find a draft by its tag, and allows any
 * number of drafts of one tag: they are found by listing all, and the oldest is the one.
 */
final class Releases {
    private static final int TRIES = 4;
    /** GitHub shows so many of any list. */
    private static final int SURE_PAGES = 10;

    private static final String BY_TAG = "query($owner:String!,$name:String!,$tagName:String!)"
            + "{repository(owner:$owner,name:$name){release(tagName:$tagName){databaseId}}}";

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

    /**
     * Releases that are for sessions by their tag, or hold some although others gave them another one.
     *
     * @param isWhole false where the repository has more releases than GitHub lists, and these are the newest of them
     */
    record ListedReleases(List<SessionRelease> drafts, boolean isWhole) {}

    ListedReleases list() {
        return list(Optional.empty());
    }

    /** @param wanted where its release and nothing else is of interest: what comes behind it is not asked for */
    ListedReleases list(Optional<TagName> wanted) {
        return github.typed()
                .ask(repository, "list the releases of " + repository, Permission.CONTENTS_WRITE, there -> {
                    List<SessionRelease> drafts = new ArrayList<>();
                    PagedIterator<GHRelease> pages =
                            there.listReleases().withPageSize(100).iterator();
                    for (int read = 0; !holds(drafts, wanted); read++) {
                        try {
                            if (!pages.hasNext()) {
                                break;
                            }
                        } catch (Refused beyond) {
                            if (read < SURE_PAGES || !(beyond.isInvalid() || beyond.isTrouble())) {
                                throw beyond;
                            }
                            return new ListedReleases(drafts, false);
                        }
                        for (GHRelease release : pages.nextPage()) {
                            SessionRelease draft = SessionRelease.of(release);
                            if (draft.tag().isOfSessions() || draft.holdsSessions()) {
                                drafts.add(draft);
                            }
                        }
                    }
                    return new ListedReleases(drafts, true);
                });
    }

    private static boolean holds(List<SessionRelease> drafts, Optional<TagName> wanted) {
        return drafts.stream().anyMatch(draft -> wanted.equals(Optional.of(draft.tag())) && draft.holdsSessions());
    }

    /** The one release of this tag among those listed, or beyond them. */
    Optional<SessionRelease> of(TagName tag, ListedReleases listed) {
        List<SessionRelease> same = listed.drafts().stream()
                .filter(draft -> draft.tag().equals(tag))
                .sorted(Comparator.comparingLong(SessionRelease::id))
                .toList();
        List<SessionRelease> used =
                same.stream().filter(SessionRelease::holdsSessions).toList();
        if (used.size() > 1) {
            throw ambiguous(tag, used);
        }
        if (used.isEmpty() && !listed.isWhole()) {
            Optional<SessionRelease> beyond = beyondTheList(tag);
            if (beyond.isPresent()) {
                return beyond;
            }
        }
        return used.isEmpty()
                ? same.stream().min(Comparator.comparing((SessionRelease draft) -> !draft.isDraft()))
                : Optional.of(used.getFirst());
    }

    /** Lists end after 1,000 releases; by its tag a draft is found in the graph only. */
    private Optional<SessionRelease> beyondTheList(TagName tag) {
        String doing = "look for the release " + tag + " in " + repository;
        ObjectNode variables = GitHub.JSON.createObjectNode();
        variables
                .put("owner", repository.owner())
                .put("name", repository.name())
                .put("tagName", tag.text());
        long id = github.graph(BY_TAG, variables, doing, Permission.CONTENTS_WRITE)
                .at("/repository/release/databaseId")
                .asLong();
        if (id == 0) {
            return Optional.empty();
        }
        try {
            return github.typed()
                    .ask(
                            repository,
                            doing,
                            Permission.CONTENTS_WRITE,
                            there -> Optional.of(SessionRelease.of(there.getRelease(id))));
        } catch (Refused refused) {
            return noneWhereMissing(refused);
        }
    }

    private static <T> Optional<T> noneWhereMissing(Refused refused) {
        if (!refused.isMissing()) {
            throw refused;
        }
        return Optional.empty();
    }

    private Failure ambiguous(TagName tag, List<SessionRelease> same) {
        return new Failure(
                ExitCode.CONFLICT,
                repository + " has " + same.size() + " releases " + tag
                        + " that hold sessions, and no one can tell which"
                        + " is meant: "
                        + same.stream().map(SessionRelease::page).collect(Collectors.joining(", ")),
                "delete all but one, on their pages or with "
                        + same.stream()
                                .skip(1)
                                .map(draft -> "`gh api -X DELETE repos/" + repository + "/releases/" + draft.id() + "`")
                                .collect(Collectors.joining(", ")));
    }

    /** Makes a draft, or takes the one that somebody else made at the same time. */
    SessionRelease create(TagName tag, Notice notice) {
        String doing = "create the draft release " + tag + " in " + repository;
        for (int tried = 1; ; tried++) {
            Optional<SessionRelease> mine = Optional.empty();
            try {
                mine = Optional.of(github.typed()
                        .once(
                                repository,
                                doing,
                                Permission.CONTENTS_WRITE,
                                there -> SessionRelease.of(there.createRelease(tag.text())
                                        .draft(true)
                                        .name(notice.title())
                                        .body(notice.text())
                                        .prerelease(true)
                                        .create())));
            } catch (UnknownOutcome e) {
                if (tried == TRIES) {
                    throw GitHub.unclear(doing, e);
                }
            }
            ListedReleases listed = list(Optional.of(tag));
            // A list may lag behind: one that does not show the draft that was just made is no reason to make another.
            Optional<SessionRelease> chosen = of(tag, listed);
            if (chosen.isEmpty()) {
                chosen = mine;
            }
            if (chosen.isPresent()) {
                removeMyDouble(mine, chosen.get(), listed.drafts());
                return chosen.get();
            }
        }
    }

    /** Puts the notice on a draft of the scripts, or of an earlier version. */
    void protect(SessionRelease draft, Notice notice) {
        String doing = "mark the draft release " + draft.tag() + " in " + repository + " as not to be published";
        github.typed()
                .ask(
                        doing,
                        Permission.CONTENTS_WRITE,
                        api -> draft.release()
                                .update()
                                .name(notice.title())
                                .body(notice.text())
                                .prerelease(true)
                                .update());
    }

    /** Two writers that both found no draft have made two; the younger one is empty and goes. */
    private void removeMyDouble(Optional<SessionRelease> mine, SessionRelease chosen, List<SessionRelease> listed) {
        boolean isDouble = mine.isPresent()
                && mine.get().id() != chosen.id()
                && listed.stream()
                        .anyMatch(draft ->
                                draft.id() == mine.get().id() && draft.assets().isEmpty());
        if (isDouble) {
            github.delete(
                    path() + "/" + mine.get().id(), "remove a double of " + chosen.tag(), Permission.CONTENTS_WRITE);
        }
    }

    List<Asset> assets(SessionRelease draft) {
        String doing = "list the assets of " + draft.tag() + " in " + repository;
        return github.typed().ask(doing, Permission.CONTENTS_WRITE, api -> {
            List<Asset> assets = new ArrayList<>();
            for (GHAsset asset : draft.release().listAssets().withPageSize(100).toList()) {
                assets.add(Asset.of(asset));
            }
            return assets;
        });
    }

    /** The asset that an upload made. */
    Asset asset(JsonResponse reply, String doing) {
        JsonNode made = reply.orFail();
        return github.typed().ask(doing, Permission.CONTENTS_WRITE, api -> Asset.of(Named.asset(api, made)));
    }

    /** @return whether it has the name now; not where another asset has it */
    boolean rename(Asset asset, String name, String label) {
        ObjectNode wish = GitHub.JSON.createObjectNode().put("name", name).put("label", label);
        JsonResponse reply = github.patch(
                path() + "/assets/" + asset.id(),
                wish,
                "rename " + asset.name() + " in " + repository,
                Permission.CONTENTS_WRITE);
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
                Permission.CONTENTS_WRITE);
    }

    /** Empty where the asset was removed. */
    <T> Optional<T> download(long asset, GitHub.DownloadReader<T> reader, String what) {
        return github.download(
                path() + "/assets/" + asset,
                reader,
                "fetch " + what + " from " + repository,
                Permission.CONTENTS_WRITE);
    }

    boolean isPublic() {
        return !repository.lookedUp(github).isPrivate();
    }
}
