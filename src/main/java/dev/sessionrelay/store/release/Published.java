package dev.sessionrelay.store.release;

import dev.sessionrelay.store.PublicAccessGuard;

/** A release that is no draft any more. */
record Published(TagName tag, Releases releases) implements PublicAccessGuard.GuardedPlace {
    @Override
    public String describe() {
        return "the release " + tag + " of " + releases.repository()
                + " is published, and everybody can read what is in it";
    }

    @Override
    public String privateWays() {
        return "make it a draft again (`gh release edit " + tag
                + " --draft`), or use another key or a private repository";
    }

    @Override
    public boolean isPublic() {
        return releases.isPublic();
    }
}
