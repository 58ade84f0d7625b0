package dev.sessionrelay.action.docker;

import java.time.Instant;

/** One header of a tar: what it names, and how many bytes follow it. */
public record TarEntry(String name, TarKind kind, long size, int mode, int uid, int gid, Instant modified) {

    public enum TarKind {
        FILE,
        FOLDER,
        /** A link of either sort. It is named, never followed. */
        LINK,
        OTHER
    }

    static TarEntry folder(String name, int uid, int gid) {
        return new TarEntry(name, TarKind.FOLDER, 0, 0700, uid, gid, Instant.now());
    }

    static TarEntry file(String name, long size, int uid, int gid) {
        return new TarEntry(name, TarKind.FILE, size, 0600, uid, gid, Instant.now());
    }
}
