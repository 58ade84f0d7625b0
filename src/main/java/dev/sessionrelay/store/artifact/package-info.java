/** Sessions that workflow runs left as artifacts, before they were kept anywhere else. They are read only. */
@NullMarked
package dev.sessionrelay.store.artifact;

import org.jspecify.annotations.NullMarked;
