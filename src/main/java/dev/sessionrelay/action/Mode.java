package dev.sessionrelay.action;

/** What the step is to do. */
enum Mode {
    /** Restore now, and save when the job ends. */
    RELAY,
    SAVE,
    RESTORE
}
