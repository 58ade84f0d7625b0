package dev.sessionrelay.failure;

/** How the program ends. The numbers are a promise to scripts and never change. */
public enum ExitCode {
    DONE(0),
    NOTHING_FOUND(1),
    BAD_INPUT(2),
    NOT_ALLOWED(3),
    CONFLICT(4),
    UNREACHABLE(5),
    DAMAGED(6),
    OUR_BUG(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
