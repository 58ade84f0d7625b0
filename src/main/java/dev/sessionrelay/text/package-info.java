/** Text for people: made safe for a terminal and a log, and sizes as people write them. */
@NullMarked
package dev.sessionrelay.text;

import org.jspecify.annotations.NullMarked;
