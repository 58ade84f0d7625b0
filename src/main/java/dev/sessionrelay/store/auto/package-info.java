/** The store that one gets without choosing: whichever of two suits the repository. */
@NullMarked
package dev.sessionrelay.store.auto;

import org.jspecify.annotations.NullMarked;
