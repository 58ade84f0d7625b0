package dev.sessionrelay.store.gist;

import dev.sessionrelay.git.TempFolder;
import dev.sessionrelay.github.Call;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.UnknownOutcome;
import dev.sessionrelay.http.Backoff;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.store.SessionStore.Saved;
import dev.sessionrelay.store.StaleBase;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One save, or one deletion, of one session. */
final class GistWriter {
    private static final int TRIES = 4;
    private static final int LOOKS = 4;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(150);
    /** Between making a gist and settling it are two short requests. */
    private static final Duration ABANDONED = Duration.ofMinutes(1);

    private final Gists gists;
    private final GistReader reading;
    private final TempFolder scratch;
    private final SessionId id;
    private final Supplier<StaleBase> stale;

    GistWriter(Gists gists, GistReader reading, TempFolder scratch, SessionId id, Supplier<StaleBase> stale) {
        this.gists = gists;
        this.reading = reading;
        this.scratch = scratch;
        this.id = id;
        this.stale = stale;
    }

    Saved create(Bundle bundle) throws IOException, StaleBase {
        Manifest manifest = bundle.manifest();
        SaveName name = SaveName.next(id, 0, SaveName.NO_PARENT, manifest.key(), System.currentTimeMillis());
        try (GistRequests sheets = new GistRequests(scratch, id)) {
            GistRequests.Prepared prepared = sheets.write(bundle, name, Optional.empty());
            Gist mine = create(prepared.body(), name);
            requireTheOnlyOne(mine);
            GistVersion version = new GistVersion(
                    name.number(), name.mark(), settle(mine.id(), name).revision());
            return new Saved(GistReader.stored(mine.id(), manifest, version), prepared.bytes());
        }
    }

    /** Makes one gist, whatever becomes of the answer. */
    private Gist create(Call.Body body, SaveName name) {
        for (int tried = 1; ; tried++) {
            try {
                return gists.create(body);
            } catch (UnknownOutcome e) {
                Optional<Gist> made = find(name);
                if (made.isPresent()) {
                    return made.get();
                }
                if (tried == TRIES) {
                    throw GitHub.unclear("create a gist", e);
                }
            }
        }
    }

    private Optional<Gist> find(SaveName name) {
        for (int looks = 1; looks <= 2; looks++) {
            Optional<Gist> made = gists.list().stream()
                    .filter(gist -> gist.files().containsKey(name.toString()))
                    .findFirst();
            if (made.isPresent()) {
                return gists.get(made.get().id());
            }
            Backoff.sleep(LOOK_AGAIN, "GitHub");
        }
        return Optional.empty();
    }

    /**
     * Of several that found no gist and made one, one may stay. Nobody builds on a gist that is not settled, so that
     * it may go. The greater id yields. The smaller waits until it has gone; where it does not, its writer had looked
     * before, so that the smaller yields after all.
     */
    private void requireTheOnlyOne(Gist mine) throws IOException, StaleBase {
        for (int looks = 1; ; looks++) {
            List<Gist> others = others(mine);
            if (others.isEmpty()) {
                return;
            }
            boolean comesFirst = others.stream()
                    .anyMatch(other -> other.isSettled() || other.id().compareTo(mine.id()) < 0);
            if (comesFirst || looks == LOOKS) {
                gists.delete(mine.id());
                throw stale.get();
            }
            Backoff.sleep(LOOK_AGAIN, "GitHub");
        }
    }

    private List<Gist> others(Gist mine) throws IOException {
        List<Gist> others = new ArrayList<>();
        for (Gist gist : gists.list()) {
            if (gist.id().equals(mine.id()) || !isInUse(gist)) {
                continue;
            }
            if (!gist.isSettled() && gist.updatedAt().plus(ABANDONED).isBefore(mine.updatedAt())) {
                gists.delete(gist.id());
            } else {
                others.add(gist);
            }
        }
        return others;
    }

    /** From now on the gist counts. */
    private Gist settle(String gistId, SaveName name) throws IOException, StaleBase {
        try (GistRequest sheet = new GistRequest(scratch.file(), "", false)) {
            sheet.remove(Gist.unsettled(id));
            Call.Body body = sheet.finish();
            for (int tried = 1; ; tried++) {
                try {
                    return gists.change(gistId, body).orElseThrow(stale);
                } catch (UnknownOutcome e) {
                    Gist now = gists.get(gistId).orElseThrow(stale);
                    if (now.isSettled()) {
                        return firstWith(now, name);
                    }
                    if (tried == TRIES) {
                        throw GitHub.unclear("save into gist " + gistId, e);
                    }
                }
            }
        }
    }

    /** Whether the session is saved there, as far as a list tells; a deletion that is under way is looked at. */
    private boolean isInUse(Gist listed) throws IOException {
        List<SaveName> saves =
                listed.heads().stream().filter(save -> save.id().equals(id)).toList();
        if (saves.isEmpty()) {
            return false;
        }
        if (saves.stream().noneMatch(SaveName::isDeletion)) {
            return true;
        }
        Optional<Gist> gist = gists.get(listed.id());
        return gist.isPresent() && reading.state(gist.get()).isPresent();
    }

    Saved update(Bundle bundle, GistReader.GistState base) throws IOException, StaleBase {
        Manifest manifest = bundle.manifest();
        SaveName name = SaveName.next(
                id, base.version().number(), base.version().mark(), manifest.key(), System.currentTimeMillis());
        try (GistRequests sheets = new GistRequests(scratch, id)) {
            GistRequests.Prepared prepared = sheets.write(bundle, name, Optional.of(base));
            GistVersion version = decide(base, name, prepared.body());
            return new Saved(GistReader.stored(base.gist().id(), manifest, version), prepared.bytes());
        }
    }

    void delete(GistReader.GistState base) throws IOException, StaleBase {
        SaveName name =
                SaveName.deletion(id, base.version().number(), base.version().mark(), System.currentTimeMillis());
        try (GistRequest sheet = new GistRequest(scratch.file(), "", false)) {
            sheet.add(name.toString(), GistSave.deletion(base.lineage()).write());
            decide(base, name, sheet.finish());
        }
        gists.delete(base.gist().id());
    }

    /** Adds the save to the gist, and looks whether it is the one that counts. */
    private GistVersion decide(GistReader.GistState base, SaveName name, Call.Body body) throws IOException, StaleBase {
        String gistId = base.gist().id();
        for (int tried = 1; ; tried++) {
            Optional<UnknownOutcome> lost = Optional.empty();
            try {
                if (gists.change(gistId, body).isEmpty()) {
                    throw stale.get();
                }
            } catch (UnknownOutcome e) {
                lost = Optional.of(e);
            }
            Gist now = gists.get(gistId).orElseThrow(stale);
            Optional<LatestSave.Head> head = new LatestSave(gists).of(now);
            if (head.isPresent() && head.get().name().equals(name)) {
                return new GistVersion(
                        name.number(), name.mark(), head.get().gist().revision());
            }
            if (head.isPresent() && head.get().name().number() > name.number()) {
                return overtaken(head.get(), name);
            }
            boolean isUnchanged = head.isEmpty()
                    ? base.version().isForeign()
                            && now.revision().equals(base.version().revision())
                    : head.get().name().mark().equals(base.version().mark());
            if (lost.isEmpty() || !isUnchanged) {
                throw stale.get();
            }
            if (tried == TRIES) {
                throw GitHub.unclear("save into gist " + gistId, lost.get());
            }
        }
    }

    /** Somebody has gone on already: from this save, or from one that came before it. */
    private GistVersion overtaken(LatestSave.Head head, SaveName name) throws StaleBase {
        if (!head.name().parent().equals(name.mark())
                && !reading.save(head.gist(), head.name()).ancestors().contains(name.mark())) {
            throw stale.get();
        }
        return new GistVersion(
                name.number(), name.mark(), firstWith(head.gist(), name).revision());
    }

    /** The gist as the save left it, whatever was done to it since. */
    private Gist firstWith(Gist gist, SaveName name) throws StaleBase {
        for (String revision : gists.history(gist.id())) {
            Optional<Gist> then = gists.get(gist.id(), revision);
            if (then.isPresent() && then.get().files().containsKey(name.toString())) {
                return then.get();
            }
        }
        throw stale.get();
    }
}
