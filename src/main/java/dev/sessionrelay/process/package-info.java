/**
 * How this process ends, whoever asks for it: work under way comes to its end first, then what it leaves behind is
 * removed, in one order and by one hook. Nothing else registers a hook of its own: the JVM runs hooks beside each
 * other, and one that cleans up would do so beside work that is given time to finish.
 */
@NullMarked
package dev.sessionrelay.process;

import org.jspecify.annotations.NullMarked;
