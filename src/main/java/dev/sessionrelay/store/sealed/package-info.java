/** Stores around a store: one seals what goes in and opens what comes out, one signs what goes in. */
@NullMarked
package dev.sessionrelay.store.sealed;

import org.jspecify.annotations.NullMarked;
