package dev.sessionrelay.store;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.Manifest;

/**
 * Decides, for all stores, whether a session may go where everybody could read it: sealed always, in the open only when
 * the user said so.
 *
 * @param allowed whether the user said so
 */
public record PublicAccessGuard(boolean allowed) {

    /** Where a session is to go. */
    public interface GuardedPlace {
        /** For the message: "octocat/hello can be read by anybody". */
        String describe();

        /** What else the user can do, in the place's own terms. */
        String privateWays();

        boolean isPublic();
    }

    public static PublicAccessGuard of(StoreContext surroundings) {
        return new PublicAccessGuard(surroundings.isOn("allow-public"));
    }

    /** Whether the session may go anywhere, so that the place need not be asked. */
    public boolean needsNoQuestion(Manifest manifest) {
        return needsNoQuestion(manifest.seal().isPresent());
    }

    public boolean needsNoQuestion(boolean sealed) {
        return allowed || sealed;
    }

    public void require(Manifest manifest, GuardedPlace place) {
        require(manifest.seal().isPresent(), place);
    }

    public void require(boolean sealed, GuardedPlace place) {
        if (!needsNoQuestion(sealed) && place.isPublic()) {
            throw Failure.notAllowed(
                    place.describe() + ", and a session holds all that was said and shown in it",
                    "seal it (encrypt-to), so that only those whom you name can read it; or " + place.privateWays()
                            + ". Only if everybody may read this conversation: allow-public: true in a workflow,"
                            + " --allow-public on the command line");
        }
    }
}
