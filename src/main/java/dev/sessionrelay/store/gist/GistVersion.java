package dev.sessionrelay.store.gist;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.StoredSession;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A state of a session, as text in {@link StoredSession#version()}.
 *
 * @param number of the save; 0 for what another program wrote
 * @param revision of the gist, where the state is read
 */
record GistVersion(int number, String mark, String revision) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,8})\\.([a-z0-9]{1,20})\\.([0-9a-f]{40})");

    static GistVersion of(StoredSession session) {
        Matcher text = FORM.matcher(session.version());
        if (!text.matches()) {
            throw Failure.badInput("\"" + session.version() + "\" is no version of a gist store", "find it again");
        }
        return new GistVersion(Integer.parseInt(text.group(1)), text.group(2), text.group(3));
    }

    static GistVersion foreign(Gist gist) {
        return new GistVersion(
                0,
                "f" + gist.revision().substring(0, Math.min(15, gist.revision().length())),
                gist.revision());
    }

    boolean isForeign() {
        return number == 0;
    }

    boolean isSameStateAs(GistVersion other) {
        return number == other.number && mark.equals(other.mark);
    }

    @Override
    public String toString() {
        return number + "." + mark + "." + revision;
    }
}
