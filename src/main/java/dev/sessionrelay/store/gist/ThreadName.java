package dev.sessionrelay.store.gist;

import dev.sessionrelay.transcript.SessionId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file that says under which other key a session was saved before, and when: the key's latest session is
 * still this one.
 */
record ThreadName(SessionId id, String thread, long at) {
    private static final Pattern FORM =
            Pattern.compile("session-([0-9a-fA-F-]{36})\\.thread-([0-9a-f]{16})-(\\d{1,16})\\.txt");

    static Optional<ThreadName> find(String name) {
        Matcher form = FORM.matcher(name);
        return form.matches() && SessionId.isOne(form.group(1))
                ? Optional.of(
                        new ThreadName(new SessionId(form.group(1)), form.group(2), Long.parseLong(form.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "session-" + id + ".thread-" + thread + "-" + at + ".txt";
    }
}
