/** The verbs, each readable from top to bottom: save, restore, and what one does with stored sessions. */
@NullMarked
package dev.sessionrelay.relay;

import org.jspecify.annotations.NullMarked;
