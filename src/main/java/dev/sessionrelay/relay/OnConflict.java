package dev.sessionrelay.relay;

/** What to do when two machines went on with the same session, each in its own way. */
public enum OnConflict {
    /** Make one conversation of the two; where that is not safe, see what the flow says. */
    MERGE,
    /** Change nothing and say so. */
    FAIL,
    /** Keep the other continuation beside this one, as a session with its own id. */
    KEEP_BOTH
}
