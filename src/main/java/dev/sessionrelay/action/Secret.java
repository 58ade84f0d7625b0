package dev.sessionrelay.action;

/** A token, which shows itself to nobody by accident. */
record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
