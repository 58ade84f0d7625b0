package dev.sessionrelay.store.git;

import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Ref;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/**
 * {@code git:<repository>#<branch>/<session id>}, with {@code @<commit>} for an earlier save.
 *
 * @param commit the save that is meant; empty for the latest
 */
record GitRef(String repository, String branch, SessionId id, Optional<ObjectId> commit) {
    static final String SCHEME = "git";
    private static final Pattern FORM = Pattern.compile("(.+)#(.+)/([0-9a-fA-F-]{36})(?:@([0-9a-f]{40}))?");

    static GitRef parse(Ref ref) {
        Matcher form = FORM.matcher(ref.rest());
        if (!form.matches() || !SessionId.isOne(form.group(3))) {
            throw Failure.badInput(
                    "\"" + ref + "\" is no ref of a git store",
                    "it has the form git:owner/name#<branch>/<session id>, as `save` prints it, with @<commit> (all 40"
                            + " digits, as `history` prints it) for an earlier save");
        }
        return new GitRef(
                form.group(1),
                form.group(2),
                new SessionId(form.group(3)),
                Optional.ofNullable(form.group(4)).map(ObjectId::fromString));
    }

    Ref ref() {
        return new Ref(
                SCHEME,
                repository + "#" + branch + "/" + id
                        + commit.map(c -> "@" + c.name()).orElse(""));
    }

    GitRef at(ObjectId earlier) {
        return new GitRef(repository, branch, id, Optional.of(earlier));
    }
}
