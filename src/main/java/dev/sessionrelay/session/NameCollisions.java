package dev.sessionrelay.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names that are to lie beside each other on any disk: none a file where another has a folder, and no two that differ
 * only in case or in how a letter is written.
 */
public final class NameCollisions {
    private final Map<String, EntryName> files = new HashMap<>();
    /** By its folded path, how a folder is written, and one of the files in it. */
    private final Map<String, SeenFolder> folders = new HashMap<>();

    private record SeenFolder(String path, EntryName file) {}

    /** Adds a name, unless it clashes with one that was added before. */
    public Optional<EntryName> clash(EntryName name) {
        String room = name.room() + "/";
        String path = name.inRoom();
        String folded = room + NameForm.folded(path);
        Optional<EntryName> same = Optional.ofNullable(folders.get(folded))
                .map(SeenFolder::file)
                .or(() -> Optional.ofNullable(files.get(folded)));
        if (same.isPresent()) {
            return same;
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            String foldedAbove = room + NameForm.folded(above);
            EntryName fileAbove = files.get(foldedAbove);
            SeenFolder sameAbove = folders.get(foldedAbove);
            if (fileAbove != null) {
                return Optional.of(fileAbove);
            }
            if (sameAbove != null && !sameAbove.path().equals(above)) {
                return Optional.of(sameAbove.file());
            }
        }
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String above = path.substring(0, slash);
            folders.putIfAbsent(room + NameForm.folded(above), new SeenFolder(above, name));
        }
        files.put(folded, name);
        return Optional.empty();
    }
}
