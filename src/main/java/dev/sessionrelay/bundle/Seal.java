package dev.sessionrelay.bundle;

import java.util.List;

/**
 * What everybody may know of a sealed session.
 *
 * @param to the public keys that it is sealed to, a line each
 * @param manifest the manifest of what is inside, as an age file in letters
 * @param files the sealed files, one for each segment of what is inside, in the same order
 */
public record Seal(List<String> to, String manifest, List<Entry> files) {
    public Seal {
        to = List.copyOf(to);
        files = List.copyOf(files);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("it is sealed to nobody");
        }
    }
}
