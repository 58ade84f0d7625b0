package dev.sessionrelay.store;

/** A kind of store: what its name means and how its refs are read. */
public interface StoreFactory {

    /** The word before the colon, in {@code --store} and in refs. */
    String scheme();

    /** @param place what follows the colon; empty for the place that is usual for this kind */
    SessionStore open(String place, StoreContext surroundings);

    /** The store that this ref points into. */
    SessionStore openFor(Ref ref, StoreContext surroundings);
}
