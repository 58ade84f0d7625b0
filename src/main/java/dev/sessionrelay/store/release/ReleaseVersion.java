package dev.sessionrelay.store.release;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.StoredSession;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A state of a session, as text in {@link StoredSession#version()}.
 *
 * @param mark stands for the bytes of the save, or for the scripts' archive
 * @param commit the save's asset; 0 where the scripts saved
 */
record ReleaseVersion(int generation, String mark, long commit, long archive) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,8})\\.([a-z0-9-]{1,40})\\.(\\d{1,18})\\.(\\d{1,18})");

    static ReleaseVersion of(StoredSession session) {
        Matcher text = FORM.matcher(session.version());
        if (!text.matches()) {
            throw Failure.badInput("\"" + session.version() + "\" is no version of a release store", "find it again");
        }
        return new ReleaseVersion(
                Integer.parseInt(text.group(1)),
                text.group(2),
                Long.parseLong(text.group(3)),
                Long.parseLong(text.group(4)));
    }

    /** What the scripts saved on top of our last save, or where there was none. */
    static ReleaseVersion byScripts(SessionAssets kept, Asset archive) {
        int generation = kept.head().map(head -> head.name().generation()).orElse(0);
        return new ReleaseVersion(generation, markOf(archive), 0, archive.id());
    }

    private static String markOf(Asset archiveByScripts) {
        return "scripts-" + archiveByScripts.id();
    }

    /** Whether an archive is ours, or one of the scripts' that a save was made from. */
    static boolean isKnown(Asset archive, List<String> ancestors) {
        return archive.label().equals(Uploads.LABEL) || ancestors.contains(markOf(archive));
    }

    boolean isByScripts() {
        return commit == 0;
    }

    /** Whether this is the state that the release shows now. */
    boolean isStateOf(SessionAssets kept) {
        return kept.byScripts()
                .map(archive -> isByScripts() && archive.id() == this.archive)
                .orElseGet(() ->
                        kept.head().filter(head -> head.asset().id() == commit).isPresent());
    }

    @Override
    public String toString() {
        return generation + "." + mark + "." + commit + "." + archive;
    }
}
