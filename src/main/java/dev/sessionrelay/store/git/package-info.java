/**
 * Sessions on branches of a git repository. A save is one push of a few new objects, and a compare-and-swap of the
 * branch; nothing is cloned. {@link dev.sessionrelay.git} talks to the repository.
 */
@NullMarked
package dev.sessionrelay.store.git;

import org.jspecify.annotations.NullMarked;
