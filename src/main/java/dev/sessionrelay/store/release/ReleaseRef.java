package dev.sessionrelay.store.release;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.transcript.SessionId;

/** {@code release:<owner>/<name>@<tag>/<session id>}. A tag may have slashes. */
record ReleaseRef(String repository, TagName tag, SessionId id) {
    static final String SCHEME = "release";

    static ReleaseRef of(Ref ref) {
        String rest = ref.rest();
        int at = rest.indexOf('@');
        int slash = rest.lastIndexOf('/');
        if (at < 1
                || slash < at
                || !SessionId.isOne(rest.substring(slash + 1))
                || !TagName.isOne(rest.substring(at + 1, slash))) {
            throw Failure.badInput(
                    "\"" + ref + "\" is no ref of a release store",
                    "it has the form release:owner/name@claude-sessions-main/<session id>, as `save` prints it");
        }
        return new ReleaseRef(
                rest.substring(0, at),
                new TagName(rest.substring(at + 1, slash)),
                new SessionId(rest.substring(slash + 1)));
    }

    Ref toRef() {
        return new Ref(SCHEME, repository + "@" + tag + "/" + id);
    }
}
