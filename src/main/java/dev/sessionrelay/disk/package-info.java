/** Writing to disk so that a file is there whole or not at all, and belongs to the right user. */
@NullMarked
package dev.sessionrelay.disk;

import org.jspecify.annotations.NullMarked;
