package dev.sessionrelay.action.runner;

/** What the step is to do. */
public enum StepMode {
    /** Restore now, and save when the job ends. */
    RELAY,
    SAVE,
    RESTORE
}
