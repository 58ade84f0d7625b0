package dev.sessionrelay.store.release;

import dev.sessionrelay.store.PublicAccessGuard;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.SessionId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Says it loudly when a session lies open where everybody can read it, and names the command that takes it down. */
final class Exposure {
    private final Releases releases;
    private final PublicAccessGuard publicity;
    private final Consumer<String> told;
    private final Set<String> reported = new HashSet<>();

    Exposure(Releases releases, PublicAccessGuard publicity, Consumer<String> told) {
        this.releases = releases;
        this.publicity = publicity;
        this.told = told;
    }

    /** Each session once. */
    synchronized void look(Search.FoundRelease found) {
        SessionRelease draft = found.draft();
        SessionId id = found.session().manifest().sessionId();
        if (draft.isDraft()
                || publicity.needsNoQuestion(found.session().manifest())
                || !releases.isPublic()
                || !reported.add(draft.id() + "/" + id)) {
            return;
        }
        told.accept(StoreContext.WARNING + "session " + id + " lies open in the release "
                + SafeText.of(draft.calls(), 120) + " of "
                + releases.repository() + ", which is PUBLISHED: everybody can read it. Take it down with: "
                + command(draft, id) + "; then revoke every secret that was shown in it");
    }

    /** A release that is for sessions becomes a draft again; from another one the session's files are taken out. */
    private String command(SessionRelease draft, SessionId id) {
        String tag = quoted(draft.calls());
        String repository = " --repo " + releases.repository();
        if (!draft.isRenamed()) {
            return "gh release edit " + tag + " --draft" + repository;
        }
        List<Asset> assets = draft.assets().stream()
                .filter(asset -> AssetName.of(asset.name())
                        .filter(name -> name.id().equals(id))
                        .isPresent())
                .toList();
        return assets.stream()
                .map(asset -> "gh release delete-asset " + tag + " " + asset.name() + " --yes" + repository)
                .collect(Collectors.joining(" && "));
    }

    private static String quoted(String tag) {
        String printable = SafeText.of(tag, 300);
        return printable.matches("[A-Za-z0-9][A-Za-z0-9._/+-]*")
                ? printable
                : "'" + printable.replace("'", "'\\''") + "'";
    }
}
