package dev.sessionrelay.action;

/** What to do when there is nothing to restore, or nothing to save. */
enum OnMissing {
    WARN,
    ERROR,
    IGNORE
}
