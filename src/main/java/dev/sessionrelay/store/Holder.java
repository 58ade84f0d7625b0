package dev.sessionrelay.store;

import java.util.Locale;
import java.util.Optional;

/**
 * Whose place a session lies in, as the place's host tells it. Nothing that is kept there can say otherwise.
 *
 * @param repository {@code owner/name} on github.com, else with the host before it; empty where it is in no repository
 * @param owner the user or organisation on the host that the program works with; empty elsewhere
 */
public record Holder(Optional<String> repository, Optional<String> owner) {
    /** A place that tells nothing, as a folder on a disk. */
    public static final Holder UNKNOWN = new Holder(Optional.empty(), Optional.empty());

    private static final String GITHUB = "github.com/";

    /**
     * @param address {@code owner/name} on github.com, or a URL
     * @param ownServer the address of the host that the program works with, as {@code https://github.com}
     */
    public static Holder ofRepository(String address, String ownServer) {
        String name = nameOf(address);
        String host = nameOf(ownServer) + "/";
        String below = host.equals(GITHUB) ? name : name.startsWith(host) ? name.substring(host.length()) : "";
        String[] parts = below.split("/", -1);
        boolean isOwned = parts.length == 2 && !parts[0].isEmpty();
        return new Holder(Optional.of(name), isOwned ? Optional.of(parts[0]) : Optional.empty());
    }

    /** The same repository always gets the same name. */
    public static String nameOf(String address) {
        String name = address.toLowerCase(Locale.ROOT)
                .replaceFirst("^https://", "")
                .replaceFirst("/+$", "")
                .replaceFirst("\\.git$", "");
        return name.startsWith(GITHUB) ? name.substring(GITHUB.length()) : name;
    }
}
