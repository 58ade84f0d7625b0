package dev.sessionrelay.relay;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.store.KeepsHistory;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.TranscriptSummary;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What one does with the sessions in a store besides saving and restoring: look at them, and remove them. */
public final class StoredSessions {
    private final SessionStore store;

    public StoredSessions(SessionStore store) {
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

    public StoredSession find(Query query) {
        try {
            return require(query);
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

    /** @param session what it was; empty when it could not be read any more */
    public record Deleted(Ref ref, Optional<StoredSession> session) {}

    public Deleted delete(Query query) {
        Patience patience = new Patience();
        while (true) {
            try {
                Optional<StoredSession> session = unlessDamaged(query);
                if (session.isPresent()) {
                    store.delete(session.get());
                    return new Deleted(session.get().ref(), session);
                }
                Ref ref = ((Query.ByRef) query).ref();
                store.removesUnread().orElseThrow().remove(ref);
                return new Deleted(ref, session);
            } catch (StaleBase otherCameFirst) {
                patience.waitOrGiveUp(String.valueOf(otherCameFirst.getMessage()));
            } catch (IOException e) {
                throw Failure.ofDisk("delete the session", store.name(), e);
            }
        }
    }

    /** Empty for a damaged session that was named exactly, in a store that can remove it all the same. */
    private Optional<StoredSession> unlessDamaged(Query query) throws IOException {
        try {
            return Optional.of(require(query));
        } catch (Failure failure) {
            boolean damaged = failure.exitCode() == ExitCode.DAMAGED;
            if (damaged && query instanceof Query.ByRef && store.removesUnread().isPresent()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** The saves of a session, the newest first. */
    public List<KeepsHistory.Past> history(Query query) {
        KeepsHistory historian = store.history()
                .orElseThrow(() -> Failure.badInput(
                        store.name() + " keeps the latest save of a session only", "the git store keeps them all"));
        try {
            return historian.history(require(query));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Removes all sessions of a key. */
    public List<Deleted> deleteAll(Key key) {
        List<StoredSession> all = list().sessions().stream()
                .filter(session -> session.manifest().key().equals(Optional.of(key.text())))
                .toList();
        if (all.isEmpty()) {
            throw Failure.nothingFound(
                    store.name() + " holds nothing for key " + key, "`session-relay list` shows what it holds");
        }
        return all.stream()
                .map(session -> delete(new Query.ByRef(session.ref())))
                .toList();
    }

    private StoredSession require(Query query) throws IOException {
        return store.find(query)
                .orElseThrow(() -> Failure.nothingFound(
                        store.name() + " holds nothing for " + query.describe(),
                        "`session-relay list` shows what it holds"));
    }

    private Failure unreadable(IOException e) {
        return Failure.ofDisk("read what is stored", store.name(), e);
    }
}
