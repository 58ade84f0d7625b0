package dev.sessionrelay.store.gist;

import dev.sessionrelay.git.TempFolder;
import dev.sessionrelay.github.Call;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Writes what is sent for a save, as text where the transcript is text. */
final class GistRequests implements AutoCloseable {
    private final TempFolder scratch;
    private final SessionId id;
    private final List<GistRequest> opened = new ArrayList<>();

    GistRequests(TempFolder scratch, SessionId id) {
        this.scratch = scratch;
        this.id = id;
    }

    /** What is sent, and how many bytes of files are in it. */
    record Prepared(Call.Body body, long bytes) {}

    Prepared write(Bundle bundle, SaveName name, Optional<GistReader.GistState> base) throws IOException {
        try {
            return write(bundle, name, base, bundle.manifest().transcript().size() > 0);
        } catch (EscapedText.NoText e) {
            return write(bundle, name, base, false);
        }
    }

    private Prepared write(Bundle bundle, SaveName name, Optional<GistReader.GistState> base, boolean asText)
            throws IOException {
        Manifest manifest = bundle.manifest();
        String description = "Claude Code session " + id + " ("
                + (manifest.origin().source().equals("remote") ? "remote" : "local") + ")";
        GistRequest sheet = new GistRequest(scratch.file(), description, base.isEmpty());
        opened.add(sheet);
        List<GistPiece> there = base.map(state -> state.save().pieces()).orElse(List.of());
        BundleWriter.WrittenFiles written = new BundleWriter(bundle, there, scratch.folder()).writeTo(sheet, asText);
        List<String> lineage = base.map(GistReader.GistState::lineage).orElse(List.of());
        GistSave save = new GistSave(lineage, Optional.of(manifest), written.transcript(), written.archive());
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
    private void carryThreads(GistReader.GistState base, SaveName name, GistRequest sheet) throws IOException {
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
    private Set<String> noLongerNeeded(GistReader.GistState base, GistSave save) {
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
        for (GistRequest sheet : opened) {
            sheet.close();
        }
    }
}
