package dev.sessionrelay.store.gist;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.github.Call;
import dev.sessionrelay.store.git.wire.Scratch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Writes what is sent for a save, as text where the transcript is text. */
final class Sheets implements AutoCloseable {
    private final Scratch scratch;
    private final SessionId id;
    private final List<Sheet> opened = new ArrayList<>();

    Sheets(Scratch scratch, SessionId id) {
        this.scratch = scratch;
        this.id = id;
    }

    /** What is sent, and how many bytes of files are in it. */
    record Prepared(Call.Body body, long bytes) {}

    Prepared write(Bundle bundle, SaveName name, Optional<Reading.State> base) throws IOException {
        try {
            return write(bundle, name, base, bundle.manifest().transcript().size() > 0);
        } catch (EscapedText.NoText e) {
            return write(bundle, name, base, false);
        }
    }

    private Prepared write(Bundle bundle, SaveName name, Optional<Reading.State> base, boolean asText)
            throws IOException {
        Manifest manifest = bundle.manifest();
        String description = "Claude Code session " + id + " ("
                + (manifest.origin().source().equals("remote") ? "remote" : "local") + ")";
        Sheet sheet = new Sheet(scratch.file(), description, base.isEmpty());
        opened.add(sheet);
        List<Piece> there = base.map(state -> state.save().pieces()).orElse(List.of());
        Writing.Written written = new Writing(bundle, there, scratch.folder()).writeTo(sheet, asText);
        List<String> lineage = base.map(Reading.State::lineage).orElse(List.of());
        Save save = new Save(lineage, Optional.of(manifest), written.transcript(), written.archive());
        sheet.add(name.toString(), save.write());
        if (base.isEmpty()) {
            sheet.add(Gist.unsettled(id), "This gist counts as soon as this file is gone.\n");
        } else {
            carryThreads(base.get(), name, sheet);
            for (String old : noLongerNeeded(base.get(), save)) {
                sheet.remove(old);
            }
        }
        return new Prepared(sheet.finish(), sheet.content());
    }

    /** The key that the session was under before still finds it. */
    private void carryThreads(Reading.State base, SaveName name, Sheet sheet) throws IOException {
        Optional<String> before = base.session().manifest().key();
        if (base.name().isPresent()
                && before.isPresent()
                && !base.name().get().thread().equals(name.thread())) {
            ThreadName thread = new ThreadName(
                    id, base.name().get().thread(), base.name().get().at());
            sheet.add(thread.toString(), before.get() + "\n");
        }
    }

    /** Files of the base that hold nothing of this save, and saves before the base, which nobody reads any more. */
    private Set<String> noLongerNeeded(Reading.State base, Save save) {
        Set<String> old = new TreeSet<>();
        base.save().pieces().forEach(piece -> old.add(piece.name()));
        save.pieces().forEach(piece -> old.remove(piece.name()));
        base.gist().saves().stream()
                .filter(other -> other.id().equals(id)
                        && other.number() <= base.version().number()
                        && !other.mark().equals(base.version().mark()))
                .forEach(other -> old.add(other.toString()));
        old.retainAll(base.gist().files().keySet());
        return old;
    }

    @Override
    public void close() throws IOException {
        for (Sheet sheet : opened) {
            sheet.close();
        }
    }
}
