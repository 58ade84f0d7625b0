package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.SessionId;
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
    private static final Pattern BEHIND_THE_REPOSITORY = Pattern.compile("(.+)/([0-9a-fA-F-]{36})(?:@([0-9a-f]{40}))?");

    /** How a repository is named as a store. */
    static String storeOf(String repository) {
        return SCHEME + ":" + repository;
    }

    static GitRef parse(Ref ref) {
        // Looked for by hand: two places for anything in one expression take time by the square.
        int hash = ref.rest().lastIndexOf('#');
        Matcher form = BEHIND_THE_REPOSITORY.matcher(ref.rest().substring(hash + 1));
        if (hash < 1 || !form.matches() || !SessionId.isOne(form.group(2))) {
            throw Failure.badInput(
                    "\"" + SafeText.of(ref.toString(), 200) + "\" is no ref of a git store",
                    "it has the form git:owner/name#<branch>/<session id>, as `save` prints it, with @<commit> (all 40"
                            + " digits, as `history` prints it) for an earlier save");
        }
        return new GitRef(
                ref.rest().substring(0, hash),
                form.group(1),
                new SessionId(form.group(2)),
                Optional.ofNullable(form.group(3)).map(ObjectId::fromString));
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
