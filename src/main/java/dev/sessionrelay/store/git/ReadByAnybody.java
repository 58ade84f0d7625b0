package dev.sessionrelay.store.git;

import dev.sessionrelay.git.Remote;
import dev.sessionrelay.store.PublicAccessGuard;

/** A repository that may show its branches to those who bring no token. */
record ReadByAnybody(Remote remote) implements PublicAccessGuard.GuardedPlace {
    @Override
    public String describe() {
        return remote.name() + " can be read by anybody: it shows its branches without a login";
    }

    @Override
    public String privateWays() {
        return "keep it in a draft release (store release), a private repository (repository) or a folder";
    }

    @Override
    public boolean isPublic() {
        return remote.isPublic();
    }
}
