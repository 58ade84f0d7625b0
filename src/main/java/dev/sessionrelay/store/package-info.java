/**
 * Where bundles are kept. {@link dev.sessionrelay.store.SessionStore} is the contract that every store passes; a store is
 * one package below this one and one line in {@link dev.sessionrelay.store.Stores}.
 */
@NullMarked
package dev.sessionrelay.store;

import org.jspecify.annotations.NullMarked;
