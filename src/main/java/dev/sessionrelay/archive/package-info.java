/** Tar archives, read and written as streams. A link or a device in one is refused. */
@NullMarked
package dev.sessionrelay.archive;

import org.jspecify.annotations.NullMarked;
