/** Why a stored session may be restored: whose place it lies in, and who signed it. */
@NullMarked
package dev.sessionrelay.relay.trust;

import org.jspecify.annotations.NullMarked;
