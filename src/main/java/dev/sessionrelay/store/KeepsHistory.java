package dev.sessionrelay.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A store that still has what a session was before its latest save. */
public interface KeepsHistory {

    /** The saves of this session, the newest first. Each has a ref of its own, which can be restored. */
    List<Past> history(StoredSession session) throws IOException;

    /** @param summary what the save said of itself */
    record Past(Ref ref, Instant at, Optional<Integer> turns, Optional<Long> bytes, String summary) {}
}
