/** Carries a Claude Code conversation from one machine to another. {@link dev.sessionrelay.Main} picks the face. */
@NullMarked
package dev.sessionrelay;

import org.jspecify.annotations.NullMarked;
