/**
 * What leaves the program as text. Messages are put together in many places, out of what the user gave and what servers
 * answered; so what must not be seen in them is taken out in the one place where they leave.
 */
@NullMarked
package dev.sessionrelay.text.mask;

import org.jspecify.annotations.NullMarked;
