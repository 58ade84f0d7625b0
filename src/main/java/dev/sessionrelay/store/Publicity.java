package dev.sessionrelay.store;

import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.failure.Failure;

/**
 * Decides, for all stores, whether a session may go where everybody could read it: sealed always, in the open only when
 * the user said so.
 *
 * @param allowed whether the user said so
 */
public record Publicity(boolean allowed) {

    /** Where a session is to go. */
    public interface Place {
        /** For the message: "octocat/hello can be read by anybody". */
        String inWords();

        /** What else the user can do, in the place's own terms. */
        String privateWays();

        boolean isPublic();
    }

    public static Publicity of(Surroundings surroundings) {
        return new Publicity(surroundings.isOn("allow-public"));
    }

    /** Whether the session may go anywhere, so that the place need not be asked. */
    public boolean needsNoQuestion(Manifest manifest) {
        return needsNoQuestion(manifest.seal().isPresent());
    }

    public boolean needsNoQuestion(boolean sealed) {
        return allowed || sealed;
    }

    public void require(Manifest manifest, Place place) {
        require(manifest.seal().isPresent(), place);
    }

    public void require(boolean sealed, Place place) {
        if (!needsNoQuestion(sealed) && place.isPublic()) {
            throw Failure.notAllowed(
                    place.inWords() + ", and a session holds all that was said and shown in it",
                    "seal it (encrypt-to), so that only those whom you name can read it; or " + place.privateWays()
                            + ". Only if everybody may read this conversation: allow-public: true in a workflow,"
                            + " --allow-public on the command line");
        }
    }
}
