package dev.sessionrelay.store;

import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.artifact.ArtifactKind;
import dev.sessionrelay.store.auto.AutoKind;
import dev.sessionrelay.store.folder.FolderKind;
import dev.sessionrelay.store.gist.GistKind;
import dev.sessionrelay.store.git.GitKind;
import dev.sessionrelay.store.release.ReleaseKind;
import java.util.List;

/** All kinds of stores. */
public final class Stores {
    private static final StoreKind GIT = new GitKind();
    private static final StoreKind RELEASE = new ReleaseKind();
    private static final List<StoreKind> KINDS =
            List.of(new FolderKind(), GIT, new GistKind(), RELEASE, new ArtifactKind(), new AutoKind(GIT, RELEASE));

    private Stores() {}

    /** @param text a kind, or a kind and a place: {@code folder}, {@code folder:/var/sessions} */
    public static SessionStore open(String text, Surroundings surroundings) {
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? text : text.substring(0, colon);
        String place = colon < 0 ? "" : text.substring(colon + 1);
        return kind(scheme, text).open(place, surroundings.at(place));
    }

    public static SessionStore openFor(Ref ref, Surroundings surroundings) {
        return kind(ref.scheme(), ref.toString()).openFor(ref, surroundings);
    }

    private static StoreKind kind(String scheme, String text) {
        return KINDS.stream()
                .filter(kind -> kind.scheme().equals(scheme))
                .findFirst()
                .orElseThrow(() -> Failure.badInput(
                        "\"" + Printable.of(text, 120) + "\" names no store that is known here",
                        "known are "
                                + String.join(
                                        ", ",
                                        KINDS.stream().map(StoreKind::scheme).toList())
                                + ", as in --store folder:/path/to/sessions"));
    }
}
