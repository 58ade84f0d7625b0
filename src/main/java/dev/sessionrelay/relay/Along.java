package dev.sessionrelay.relay;

import dev.sessionrelay.agent.claude.OptIn;
import dev.sessionrelay.relay.trust.Trust;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * What was taken along with a stored session, and what becomes of it here. It is read as instructions by all sessions
 * of the project or the user, so that two have to ask for it: who saves, and who restores and has said whom to trust.
 *
 * @param bundle without what is not to be placed
 */
record Along(Bundle bundle, List<String> notes) {

    static Along of(Bundle stored, OptIn with, Trust trust) {
        OptIn placed = trust.allowsInstructions() ? with : OptIn.NOTHING;
        List<Entry> entries = stored.manifest().entries().stream()
                .filter(entry -> placed.has(entry.name()))
                .toList();
        List<String> notes = new ArrayList<>();
        for (OptIn.OptInKind kind : OptIn.OptInKind.values()) {
            long files = stored.manifest().entries().stream()
                    .filter(entry -> entry.name().room() == kind.room())
                    .count();
            if (files > 0 && !placed.has(kind)) {
                notes.add("the stored session brings " + kind.describe() + " along (" + files
                        + (files == 1 ? " file" : " files") + "), which was not placed: "
                        + (with.has(kind)
                                ? "Claude Code reads it as instructions, and nobody has said whom to trust; say it with"
                                        + " --trust"
                                : "--with " + kind.option() + " places it"));
            }
        }
        return new Along(new Bundle(stored.manifest().withEntries(entries), stored.payloads()), notes);
    }
}
