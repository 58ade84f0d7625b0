package dev.sessionrelay.session;

import dev.sessionrelay.text.SafeText;
import java.util.List;

/**
 * What everybody may know of a sealed session.
 *
 * @param to the public keys that it is sealed to, a line each
 * @param manifest the manifest of what is inside, as an age file in letters
 * @param told whether the list of keys was found inside as well, where nobody without a key can have changed it
 * @param files the sealed files, one for each segment of what is inside, in the same order
 */
public record Seal(List<String> to, boolean told, String manifest, List<Entry> files) {
    private static final int LONGEST_KEY = 4000;

    public Seal(List<String> to, String manifest, List<Entry> files) {
        this(to, false, manifest, files);
    }

    public Seal {
        to = List.copyOf(to);
        files = List.copyOf(files);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("it is sealed to nobody");
        }
    }

    /** A key as it is shown, whatever stands in a store. */
    static String keyIn(String text) {
        return SafeText.of(text, LONGEST_KEY);
    }

    public Seal asTold() {
        return new Seal(to, true, manifest, files);
    }
}
