package dev.sessionrelay.store;

import java.io.IOException;

/** A store that can take away a session that it cannot read any more, as when its manifest is damaged. */
public interface ForceDelete {

    /** Removes what the ref names, in whatever state it is. */
    void remove(Ref ref) throws IOException, StaleBase;
}
