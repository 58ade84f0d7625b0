package dev.sessionrelay.action.runner;

/** A token, which shows itself to nobody by accident. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
