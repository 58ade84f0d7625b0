package dev.sessionrelay.flow;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.claude.TranscriptSummary;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;

/** What one does with the sessions in a store besides saving and restoring: look at them, and remove them. */
public final class Library {
    private final SessionStore store;

    public Library(SessionStore store) {
        this.store = store;
    }

    public record Shown(StoredSession session, TranscriptSummary summary) {}

    public SessionStore.Listing list() {
        try {
            return store.list();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    public Shown show(Query query) {
        try {
            StoredSession session = require(query);
            Bundle bundle = store.load(session);
            return new Shown(session, TranscriptSummary.of(bundle.transcript()));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    public StoredSession delete(Query query) {
        Patience patience = new Patience();
        while (true) {
            try {
                StoredSession session = require(query);
                store.delete(session);
                return session;
            } catch (StaleBase otherCameFirst) {
                patience.waitOrGiveUp(String.valueOf(otherCameFirst.getMessage()));
            } catch (IOException e) {
                throw Failure.ofDisk("delete the session", store.name(), e);
            }
        }
    }

    private StoredSession require(Query query) throws IOException {
        return store.find(query)
                .orElseThrow(() -> Failure.nothingFound(
                        store.name() + " holds nothing for " + query.inWords(),
                        "`session-relay list` shows what it holds"));
    }

    private Failure unreadable(IOException e) {
        return Failure.ofDisk("read what is stored", store.name(), e);
    }
}
