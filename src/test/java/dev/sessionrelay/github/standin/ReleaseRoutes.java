package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What GitHub does with releases and their assets. */
final class ReleaseRoutes {
    private static final Pattern LIST = Pattern.compile("/releases");
    private static final Pattern BY_TAG = Pattern.compile("/releases/tags/(.+)");
    private static final Pattern ONE = Pattern.compile("/releases/(\\d+)");
    private static final Pattern ASSETS = Pattern.compile("/releases/(\\d+)/assets");
    private static final Pattern ASSET = Pattern.compile("/releases/assets/(\\d+)");

    /** What GitHub shows of a list of releases, and takes as assets of one. */
    private static final int MOST_LISTED = 1000;

    private static final int MOST_ASSETS = 1000;

    private final Hub hub;
    private final StandIn.Addresses at;

    ReleaseRoutes(Hub hub, StandIn.Addresses at) {
        this.hub = hub;
        this.at = at;
    }

    Out answer(Ask ask, Repo repo, String rest) {
        Matcher byTag = BY_TAG.matcher(rest);
        Matcher one = ONE.matcher(rest);
        Matcher assets = ASSETS.matcher(rest);
        Matcher asset = ASSET.matcher(rest);
        if (LIST.matcher(rest).matches()) {
            return ask.method().equals("POST") ? create(ask, repo) : list(ask, repo);
        }
        if (byTag.matches()) {
            return repo.releases().values().stream()
                    .filter(release -> !release.isDraft() && release.tag().equals(byTag.group(1)))
                    .findFirst()
                    .map(release -> Out.json(200, release.json(repo, at)))
                    .orElseThrow(Refused::missing);
        }
        if (one.matches()) {
            return one(ask, repo, Long.parseLong(one.group(1)));
        }
        if (assets.matches()) {
            Release release = visible(ask, repo, Long.parseLong(assets.group(1)));
            return ask.method().equals("POST") ? upload(ask, repo, release) : assetsOf(ask, repo, release);
        }
        if (asset.matches()) {
            return asset(ask, repo, Long.parseLong(asset.group(1)));
        }
        throw Refused.missing();
    }

    /** Drafts are shown to those who may push. */
    private static boolean sees(Ask ask, Release release) {
        return !release.isDraft() || ask.grant().mayWrite("contents");
    }

    private static Release visible(Ask ask, Repo repo, long id) {
        Release release = repo.releases().get(id);
        if (release == null || !sees(ask, release)) {
            throw Refused.missing();
        }
        return release;
    }

    private Out list(Ask ask, Repo repo) {
        List<? extends JsonNode> all = repo.releases().values().stream()
                .filter(release -> sees(ask, release))
                .sorted(Comparator.comparingLong(Release::id).reversed())
                .skip(hub.lags() ? 1 : 0)
                .map(release -> release.json(repo, at))
                .toList();
        int begin = (ask.number("page", 1) - 1) * Math.min(100, ask.number("per_page", 30));
        if (begin >= MOST_LISTED) {
            throw new Refused(422, "Only the first 1000 results are available.");
        }
        return Pages.of(ask, at.api() + "/repositories/" + repo.id() + "/releases", all);
    }

    private Out create(Ask ask, Repo repo) {
        ask.grant().requireWrite("contents");
        repo.requireWritable();
        if (repo.isEmpty()) {
            throw new Refused(422, "Repository is empty.");
        }
        JsonNode wish = ask.json();
        String tag = wish.path("tag_name").asText();
        boolean draft = wish.path("draft").asBoolean();
        if (tag.contains("..") || tag.contains(" ") || tag.endsWith(".") || tag.contains("//")) {
            throw Refused.invalid("Release", "custom", "tag_name");
        }
        boolean taken = repo.releases().values().stream()
                .anyMatch(r -> !r.isDraft() && r.tag().equals(tag));
        if (!draft && taken) {
            throw Refused.invalid("Release", "already_exists", "tag_name");
        }
        Release release = new Release(
                hub.nextId(), tag, wish.path("name").asText(), wish.path("body").asText(), draft);
        release.change(wish);
        repo.releases().put(release.id(), release);
        return Out.json(201, release.json(repo, at));
    }

    private Out one(Ask ask, Repo repo, long id) {
        Release release = visible(ask, repo, id);
        if (ask.method().equals("DELETE")) {
            ask.grant().requireWrite("contents");
            repo.requireWritable();
            repo.releases().remove(id);
            return Out.nothing(204);
        }
        if (ask.method().equals("PATCH")) {
            ask.grant().requireWrite("contents");
            repo.requireWritable();
            release.change(ask.json());
        }
        return Out.json(200, release.json(repo, at));
    }

    private Out assetsOf(Ask ask, Repo repo, Release release) {
        List<? extends JsonNode> all = release.assets().values().stream()
                .map(asset -> asset.json(repo, release, at))
                .toList();
        return Pages.of(ask, at.api() + "/repositories/" + repo.id() + "/releases/" + release.id() + "/assets", all);
    }

    private Out upload(Ask ask, Repo repo, Release release) {
        ask.grant().requireWrite("contents");
        repo.requireWritable();
        // GitHub renames what has special characters.
        String name = ask.query().get("name").replaceAll("[^A-Za-z0-9._-]+", ".");
        if (release.asset(name).isPresent()) {
            throw Refused.invalid("ReleaseAsset", "already_exists", "name");
        }
        if (release.assets().size() >= MOST_ASSETS) {
            throw Refused.custom("ReleaseAsset", "Cannot upload assets to a release with more than 1000 assets");
        }
        boolean broken = hub.breakNextUpload();
        Asset asset = new Asset(
                hub.nextId(),
                name,
                ask.query().getOrDefault("label", ""),
                ask.header("Content-Type").orElse("application/octet-stream"),
                broken ? "starter" : "uploaded",
                broken ? new byte[0] : ask.body());
        release.assets().put(asset.id(), asset);
        return broken ? Out.html(502) : Out.json(201, asset.json(repo, release, at));
    }

    private Out asset(Ask ask, Repo repo, long id) {
        Release release = repo.releases().values().stream()
                .filter(r -> r.assets().containsKey(id) && sees(ask, r))
                .findFirst()
                .orElseThrow(Refused::missing);
        Asset asset = release.assets().get(id);
        return switch (ask.method()) {
            case "DELETE" -> {
                ask.grant().requireWrite("contents");
                release.assets().remove(id);
                yield Out.nothing(204);
            }
            case "PATCH" -> rename(ask, repo, release, asset);
            default ->
                ask.header("Accept").orElse("").contains("octet-stream")
                        ? Out.nothing(302).with("Location", at.files() + "/asset/" + hub.ticket(asset.bytes()))
                        : Out.json(200, asset.json(repo, release, at));
        };
    }

    private Out rename(Ask ask, Repo repo, Release release, Asset asset) {
        ask.grant().requireWrite("contents");
        JsonNode wish = ask.json();
        String name = wish.path("name").asText(asset.name());
        if (release.asset(name).filter(other -> other.id() != asset.id()).isPresent()) {
            throw Refused.invalid("ReleaseAsset", "already_exists", "name");
        }
        asset.change(name, wish.path("label").asText(""));
        return Out.json(200, asset.json(repo, release, at));
    }
}
