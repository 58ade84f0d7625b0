package dev.sessionrelay.store.artifact;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.transcript.SessionId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code artifact:<repository>#<run>/<session id>}. */
record ArtifactRef(String repository, long run, SessionId id) {
    static final String SCHEME = "artifact";
    private static final Pattern FORM = Pattern.compile("(.+)#(\\d{1,18})/([0-9a-fA-F-]{36})");

    static ArtifactRef of(Ref ref) {
        Matcher form = FORM.matcher(ref.rest());
        if (!form.matches() || !SessionId.isOne(form.group(3))) {
            throw Failure.badInput(
                    "\"" + ref + "\" is no ref of an artifact",
                    "it has the form artifact:owner/name#<number of the workflow run>/<session id>");
        }
        return new ArtifactRef(form.group(1), Long.parseLong(form.group(2)), new SessionId(form.group(3)));
    }

    String artifactName() {
        return "session-" + id;
    }

    Ref toRef() {
        return new Ref(SCHEME, repository + "#" + run + "/" + id);
    }
}
