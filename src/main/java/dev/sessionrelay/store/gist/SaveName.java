package dev.sessionrelay.store.gist;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.transcript.SessionId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a save's own file says, for lists show names alone.
 *
 * @param parent the mark of the save that it was made from
 * @param mark its own, which no other has
 * @param thread stands for the key; also says that the save is a deletion
 * @param at when it was saved, in milliseconds
 */
record SaveName(SessionId id, int number, String parent, String mark, String thread, long at) {
    static final String NO_PARENT = "first";
    private static final String GONE = "gone";
    private static final String NO_THREAD = "none";
    private static final int DIGITS = 16;
    private static final Pattern FORM = Pattern.compile("session-([0-9a-fA-F-]{36})\\.relay-(\\d{1,8})-([a-z0-9]{1,20})"
            + "-([a-z0-9]{1,20})-([a-z0-9]{4,16})-(\\d{1,16})\\.json");

    static SaveName next(SessionId id, int before, String parent, Optional<String> key, long at) {
        return new SaveName(
                id, before + 1, parent, newMark(), key.map(SaveName::threadOf).orElse(NO_THREAD), at);
    }

    static SaveName deletion(SessionId id, int before, String parent, long at) {
        return new SaveName(id, before + 1, parent, newMark(), GONE, at);
    }

    private static String newMark() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, DIGITS);
    }

    static String threadOf(String key) {
        return Digest.of(key.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS);
    }

    static Optional<SaveName> find(String name) {
        Matcher form = FORM.matcher(name);
        return form.matches() && SessionId.isOne(form.group(1))
                ? Optional.of(new SaveName(
                        new SessionId(form.group(1)),
                        Integer.parseInt(form.group(2)),
                        form.group(3),
                        form.group(4),
                        form.group(5),
                        Long.parseLong(form.group(6))))
                : Optional.empty();
    }

    boolean isDeletion() {
        return thread.equals(GONE);
    }

    @Override
    public String toString() {
        return "session-" + id + ".relay-" + number + "-" + parent + "-" + mark + "-" + thread + "-" + at + ".json";
    }
}
