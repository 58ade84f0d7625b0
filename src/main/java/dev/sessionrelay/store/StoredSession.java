package dev.sessionrelay.store;

import dev.sessionrelay.session.Manifest;

/**
 * A session as a store has it.
 *
 * @param version the store's own mark of exactly this state, for compare-and-swap
 */
public record StoredSession(Ref ref, Manifest manifest, String version) {}
