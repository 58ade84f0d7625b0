package dev.sessionrelay.store.sealed;

import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.file.Leftovers;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.io.file.PrivateFolder;
import dev.sessionrelay.io.file.StateFolder;
import dev.sessionrelay.io.file.WholeFile;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.StoredSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which signed save of a session, and of a thread, this machine has seen last. Whoever can write to a store can put an
 * older one back, whose signature is good; only who remembers notices. A machine that is new for every job remembers
 * nothing.
 *
 * @param folder empty where the user has none
 */
public record LastSeen(Optional<Path> folder) {
    private static final int LONGEST = 40;

    public static LastSeen of(Map<String, String> environment) {
        return new LastSeen(StateFolder.of(environment).map(state -> state.resolve("seen")));
    }

    /** Whether a later save than this one was seen here. */
    public boolean isBehind(StoredSession session, AskedSession asked) {
        return names(session, asked).stream()
                .anyMatch(name -> session.manifest().counter() < counter(name));
    }

    private long counter(String name) {
        if (folder.isEmpty()) {
            return 0;
        }
        try {
            return Long.parseLong(
                    PlainFile.text(folder.get().resolve(name), LONGEST).strip());
        } catch (IOException | NumberFormatException nothingSeen) {
            return 0;
        }
    }

    /** A disk that cannot keep it must not spoil what is done. */
    public void remember(StoredSession session, AskedSession asked) {
        if (folder.isEmpty() || session.manifest().counter() == 0) {
            return;
        }
        byte[] counter = (session.manifest().counter() + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            Owner owner = Owner.ofNearest(folder.get());
            PrivateFolder.make(folder.get(), owner);
            Leftovers.sweepUpFrom(folder.get(), owner);
            for (String name : names(session, asked)) {
                WholeFile.write(folder.get().resolve(name), owner, out -> out.write(counter));
            }
        } catch (IOException e) {
            // The next restore takes what it finds.
        }
    }

    /** By id wherever it lies, since a copy of an older save can be put anywhere; by key only in its own store. */
    private static List<String> names(StoredSession session, AskedSession asked) {
        Manifest manifest = session.manifest();
        List<String> names = new ArrayList<>(List.of("session-" + manifest.sessionId()));
        if (asked instanceof AskedSession.OfKey(var key)) {
            String thread = placeOf(session.ref()) + "\n" + key.text();
            names.add("thread-" + Digest.of(thread.getBytes(StandardCharsets.UTF_8)));
        }
        return names;
    }

    private static String placeOf(Ref ref) {
        return ref.scheme() + ":"
                + switch (ref.scheme()) {
                    case "folder" -> ref.rest().replaceFirst("/[^/]*$", "");
                    case "gist" -> "";
                    default -> ref.rest().replaceFirst("[#@].*$", "");
                };
    }
}
