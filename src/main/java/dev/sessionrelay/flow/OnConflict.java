package dev.sessionrelay.flow;

/** What to do when two machines went on with the same session, each in its own way. */
public enum OnConflict {
    /** Change nothing and say so. */
    FAIL,
    /** Keep the other continuation beside this one, as a session with its own id. */
    KEEP_BOTH
}
