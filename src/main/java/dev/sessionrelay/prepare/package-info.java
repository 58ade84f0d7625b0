/** What happens between disk and store: a session's files become a bundle. */
@NullMarked
package dev.sessionrelay.prepare;

import org.jspecify.annotations.NullMarked;
