/**
 * Files on this disk. A file is there whole or not at all, belongs to the right user, and is never reached through a
 * link that somebody else could have put there.
 */
@NullMarked
package dev.sessionrelay.io.file;

import org.jspecify.annotations.NullMarked;
