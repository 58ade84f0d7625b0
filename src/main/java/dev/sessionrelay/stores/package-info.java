/** All kinds of stores, in the one place that knows them all. */
@NullMarked
package dev.sessionrelay.stores;

import org.jspecify.annotations.NullMarked;
