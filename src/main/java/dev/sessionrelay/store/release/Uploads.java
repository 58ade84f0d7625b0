package dev.sessionrelay.store.release;

import dev.sessionrelay.github.Call;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.JsonResponse;
import dev.sessionrelay.github.Permission;
import dev.sessionrelay.github.UnknownOutcome;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Puts assets into a release, each once, whatever becomes of the answers. */
final class Uploads {
    /** On archives and metadata: tells ours from the scripts'. */
    static final String LABEL = "Session Relay";

    private static final int TRIES = 5;
    /** An upload of a few KB that has not ended by then never will. */
    private static final Duration DEAD = Duration.ofSeconds(30);

    private final Releases releases;
    private final SessionRelease draft;

    Uploads(Releases releases, SessionRelease draft) {
        this.releases = releases;
        this.draft = draft;
    }

    /**
     * @param label by which an asset that is there already is known to be this one
     * @return empty when another writer's asset has the name
     */
    Optional<Asset> put(String name, String label, Call.Body body) {
        String doing = "upload " + name + " to " + draft.tag() + " in " + releases.repository();
        for (int tried = 1; ; tried++) {
            Optional<UnknownOutcome> lost = Optional.empty();
            try {
                JsonResponse reply =
                        releases.github().upload(address(name, label), body, doing, Permission.CONTENTS_WRITE);
                if (!reply.isAlreadyThere()) {
                    return Optional.of(releases.asset(reply, doing));
                }
            } catch (UnknownOutcome e) {
                lost = Optional.of(e);
            }
            Optional<Asset> there = there(name);
            if (there.isPresent() && there.get().isWhole()) {
                return there.filter(asset -> asset.label().equals(label));
            }
            if (there.isPresent()) {
                boolean mine = there.get().label().equals(label);
                if (!mine && there.get().createdAt().isAfter(Instant.now().minus(DEAD))) {
                    return Optional.empty();
                }
                // An upload that broke leaves an empty asset that keeps its name from all others.
                releases.delete(there.get());
            }
            if (tried == TRIES && lost.isPresent()) {
                throw GitHub.unclear(doing, lost.get());
            }
            if (tried == TRIES) {
                return Optional.empty();
            }
        }
    }

    private Optional<Asset> there(String name) {
        return releases.assets(draft).stream()
                .filter(asset -> asset.name().equals(name))
                .findFirst();
    }

    private URI address(String name, String label) {
        return URI.create(draft.uploadUrl() + "?name=" + encoded(name) + "&label=" + encoded(label));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
