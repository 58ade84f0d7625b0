package dev.sessionrelay.store;

/**
 * Another writer came first: what is stored is no longer what a save or a deletion was based on. Nothing was
 * changed.
 */
public final class StaleBase extends Exception {
    private static final long serialVersionUID = 1;

    public StaleBase(String message) {
        super(message);
    }
}
