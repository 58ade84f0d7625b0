package dev.sessionrelay.store.gist;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Ref;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code gist:<gist id>}, and {@code @<revision>} behind it for an earlier one. Behind {@code gist:} any address is
 * taken that people copy: of the gist's page, with or without its owner, of a raw file, or what {@code git clone}
 * takes.
 */
record GistRef(String id, Optional<String> revision) {
    static final String SCHEME = "gist";
    private static final String ID = "([0-9a-f]{5,40})";
    private static final Pattern BARE = Pattern.compile(ID + "(?:@([0-9a-f]{40}))?");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:https?://|ssh://)?(?:git@)?[A-Za-z0-9.-]*[A-Za-z0-9](?::\\d+)?[/:](?:gist/)?" + "(?:[A-Za-z0-9_-]+/)?"
                    + ID + "(?:\\.git)?(?:/raw)?(?:/([0-9a-f]{40}))?(?:/[^/\\s]*)?/?(?:[?#].*)?");

    static GistRef of(Ref ref) {
        String text = ref.rest().strip();
        Matcher bare = BARE.matcher(text);
        if (bare.matches()) {
            return new GistRef(bare.group(1), Optional.ofNullable(bare.group(2)));
        }
        Matcher address = ADDRESS.matcher(text);
        if (address.matches()) {
            return new GistRef(address.group(1), Optional.ofNullable(address.group(2)));
        }
        throw Failure.badInput(
                "\"" + ref + "\" names no gist",
                "give the address of the gist's page, or its id, which is the last part of that address");
    }

    Ref toRef() {
        return new Ref(SCHEME, id + revision.map(at -> "@" + at).orElse(""));
    }
}
