package dev.sessionrelay.store;

import dev.sessionrelay.session.Bundle;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Keeps sessions. Every implementation passes the contract test, with any number of writers in any number of processes.
 *
 * <p>A session has one current state. Saving replaces it as a whole, and only when it still is the one that the save
 * was based on; what was there before stays complete until then. Whatever a store hands out is checked by the store as
 * far as it can be (safe names, sizes, digests of what is read), since others may write to it too.
 *
 * <p>An {@link IOException} says that the store could not be reached or read; callers put it into words. All else that
 * goes wrong is a {@link dev.sessionrelay.failure.Failure}.
 */
public interface SessionStore {

    /** Names the store to a person. */
    String name();

    /** Whether all that is kept here belongs to one project, as in a repository: then a usual key need not name it. */
    default boolean isOfOneProject() {
        return false;
    }

    /** Tells what sessions were before their latest saves, where that is kept. */
    default Optional<KeepsHistory> history() {
        return Optional.empty();
    }

    /** Takes away sessions that cannot be read any more, where the store can tell them by their refs. */
    default Optional<ForceDelete> removesUnread() {
        return Optional.empty();
    }

    /** Whether nothing can be saved here, or removed. */
    default boolean isReadOnly() {
        return false;
    }

    /** The session that is meant, as it is now. */
    Optional<StoredSession> find(Query query) throws IOException;

    /** All sessions, the newest save first. What cannot be read is told in the problems and left out. */
    Listing list() throws IOException;

    record Listing(List<StoredSession> sessions, List<String> problems) {}

    /**
     * Makes the bundle the current state of its session, and its key's latest session.
     *
     * @param base the state that the bundle was made from; empty says that the session must not be there yet
     * @throws StaleBase when the current state is another one
     */
    Saved save(Bundle bundle, Optional<StoredSession> base) throws IOException, StaleBase;

    /** @param bytesWritten how much went into the store: what it had already does not count */
    record Saved(StoredSession session, long bytesWritten) {}

    /** Whose place it is that holds the session: what the place itself tells, not what somebody wrote into it. */
    default Holder holder(StoredSession session) {
        return Holder.UNKNOWN;
    }

    /** Whose place this is, where its address alone tells: nobody was asked. Empty where only its server can tell. */
    default Optional<Holder> place() {
        return Optional.of(Holder.UNKNOWN);
    }

    /** Whether saving the same content once more would leave all as it is. */
    default boolean isAsItWouldBeKept(StoredSession session) {
        return true;
    }

    /** The page that shows a session to a person, where the store knows a better one than its ref tells. */
    default Optional<String> pageOf(StoredSession session) {
        return Optional.empty();
    }

    /** The content. Payloads are read when they are opened. */
    Bundle load(StoredSession session) throws IOException;

    /** Removes the session, when it still is as given. Removing what is gone already is fine. */
    void delete(StoredSession session) throws IOException, StaleBase;
}
