package dev.sessionrelay.stores;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.StoreFactory;
import dev.sessionrelay.store.artifact.ArtifactKind;
import dev.sessionrelay.store.auto.AutoKind;
import dev.sessionrelay.store.folder.FolderKind;
import dev.sessionrelay.store.gist.GistKind;
import dev.sessionrelay.store.git.GitKind;
import dev.sessionrelay.store.release.ReleaseKind;
import dev.sessionrelay.text.SafeText;
import java.util.List;

/** All kinds of stores. */
public final class Stores {
    private static final StoreFactory GIT = new GitKind();
    private static final StoreFactory RELEASE = new ReleaseKind();
    private static final List<StoreFactory> KINDS =
            List.of(new FolderKind(), GIT, new GistKind(), RELEASE, new ArtifactKind(), new AutoKind(GIT, RELEASE));

    private Stores() {}

    /** @param text a kind, or a kind and a place: {@code folder}, {@code folder:/var/sessions} */
    public static SessionStore open(String text, StoreContext surroundings) {
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? text : text.substring(0, colon);
        String place = colon < 0 ? "" : text.substring(colon + 1);
        return kind(scheme, text).open(place, surroundings.at(place));
    }

    public static SessionStore openFor(Ref ref, StoreContext surroundings) {
        return kind(ref.scheme(), ref.toString()).openFor(ref, surroundings);
    }

    private static StoreFactory kind(String scheme, String text) {
        return KINDS.stream()
                .filter(kind -> kind.scheme().equals(scheme))
                .findFirst()
                .orElseThrow(() -> Failure.badInput(
                        "\"" + SafeText.of(text, 120) + "\" names no store that is known here",
                        "known are "
                                + String.join(
                                        ", ",
                                        KINDS.stream().map(StoreFactory::scheme).toList())
                                + ", as in --store folder:/path/to/sessions"));
    }
}
