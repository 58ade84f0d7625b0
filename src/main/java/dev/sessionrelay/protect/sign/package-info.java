/** Signatures of {@code ssh-keygen -Y sign}, and who may have made them. */
@NullMarked
package dev.sessionrelay.protect.sign;

import org.jspecify.annotations.NullMarked;
