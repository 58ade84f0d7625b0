/** Sessions in a folder: on this machine, or on a volume that pods share. The plainest of the stores. */
@NullMarked
package dev.sessionrelay.store.folder;

import org.jspecify.annotations.NullMarked;
