/**
 * Bytes: a {@link dev.sessionrelay.io.Payload} knows its length and can be read any number of times without ever being
 * in memory as a whole; the streams, digests and parallel work that payloads are made with.
 */
@NullMarked
package dev.sessionrelay.io;

import org.jspecify.annotations.NullMarked;
