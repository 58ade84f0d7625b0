/** Failures as people meet them: what happened, why, what to do next, and one fixed exit code for each kind. */
@NullMarked
package dev.sessionrelay.failure;

import org.jspecify.annotations.NullMarked;
