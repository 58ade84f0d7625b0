package dev.sessionrelay.store.auto;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.KeepsHistory;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Saves in the usual place only, and finds what is in either: a repository may have been made public or private since,
 * and scripts may have kept its sessions in the other place. What the usual place has is the newer, for all saves go
 * there.
 */
final class AutoStore implements SessionStore {
    private final String usualScheme;
    private final SessionStore usual;
    private final Supplier<SessionStore> opening;
    private final Consumer<String> told;
    private @Nullable SessionStore opened;

    AutoStore(String usualScheme, SessionStore usual, Supplier<SessionStore> other, Consumer<String> told) {
        this.usualScheme = usualScheme;
        this.usual = usual;
        this.opening = other;
        this.told = told;
    }

    @Override
    public String name() {
        return usual.name();
    }

    @Override
    public Holder holder(StoredSession session) {
        return of(session.ref()).holder(session);
    }

    @Override
    public Optional<Holder> place() {
        return usual.place();
    }

    @Override
    public boolean isOfOneProject() {
        return usual.isOfOneProject();
    }

    @Override
    public Optional<KeepsHistory> history() {
        return usual.history();
    }

    @Override
    public Optional<StoredSession> find(Query query) throws IOException {
        if (query instanceof Query.ByRef(Ref ref)) {
            return of(ref).find(query);
        }
        Optional<StoredSession> found = usual.find(query);
        return found.isPresent() ? found : findInOther(query);
    }

    /** A token that is good for the usual place need not be for the other one. */
    private Optional<StoredSession> findInOther(Query query) throws IOException {
        try {
            return other().find(query);
        } catch (Failure failure) {
            if (!isOutOfReach(failure)) {
                throw failure;
            }
            told.accept(notSeen(failure));
            return Optional.empty();
        }
    }

    @Override
    public Listing list() throws IOException {
        Listing here = usual.list();
        List<StoredSession> sessions = new ArrayList<>(here.sessions());
        List<String> problems = new ArrayList<>(here.problems());
        try {
            Listing there = other().list();
            sessions.addAll(there.sessions());
            problems.addAll(there.problems());
        } catch (Failure failure) {
            if (!isOutOfReach(failure)) {
                throw failure;
            }
            problems.add(notSeen(failure));
        }
        sessions.sort(Comparator.comparing(
                        (StoredSession session) -> session.manifest().origin().savedAt())
                .reversed());
        return new Listing(sessions, problems);
    }

    private static boolean isOutOfReach(Failure failure) {
        return switch (failure.exitCode()) {
            case UNREACHABLE, NOT_ALLOWED, NOTHING_FOUND -> true;
            case DONE, BAD_INPUT, CONFLICT, DAMAGED, OUR_BUG -> false;
        };
    }

    private static String notSeen(Failure failure) {
        return "sessions that were kept in another way are not seen: " + failure.getMessage();
    }

    @Override
    public Saved save(Bundle bundle, Optional<StoredSession> base) throws IOException, StaleBase {
        return usual.save(bundle, base.filter(stored -> isUsual(stored.ref())));
    }

    @Override
    public Bundle load(StoredSession session) throws IOException {
        return of(session.ref()).load(session);
    }

    @Override
    public void delete(StoredSession session) throws IOException, StaleBase {
        of(session.ref()).delete(session);
    }

    private SessionStore of(Ref ref) {
        return isUsual(ref) ? usual : other();
    }

    private boolean isUsual(Ref ref) {
        return ref.scheme().equals(usualScheme);
    }

    private SessionStore other() {
        if (opened == null) {
            opened = opening.get();
        }
        return opened;
    }
}
