package dev.sessionrelay.relay.trust;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.text.SafeText;

/** A session that lies open where sessions are sealed. Whoever can write there needs no key to put it there. */
public final class OpenSessionGuard {
    private OpenSessionGuard() {}

    public static void refuse(StoredSession session, Trust trust) {
        if (session.manifest().seal().isEmpty() && !(trust instanceof Trust.Anyone)) {
            throw Failure.damaged(
                    SafeText.of(session.ref().toString(), 300)
                            + " is not trusted: it lies open, and sessions are sealed here (encrypt-to), so it may have"
                            + " been put in the place of a sealed one",
                    "if it was saved before encrypt-to was given: take it once with trust: any, and the next save seals"
                            + " it; else delete it. Nothing was changed");
        }
    }
}
