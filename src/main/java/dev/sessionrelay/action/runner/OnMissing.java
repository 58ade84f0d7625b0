package dev.sessionrelay.action.runner;

/** What to do when there is nothing to restore, or nothing to save. */
public enum OnMissing {
    WARN,
    ERROR,
    IGNORE
}
