/**
 * The contract of a store: {@link dev.sessionrelay.store.SessionStore}, which each store passes. A store is one package
 * below this one and one line in {@link dev.sessionrelay.stores.Stores}.
 */
@NullMarked
package dev.sessionrelay.store;

import org.jspecify.annotations.NullMarked;
