/**
 * The portable session: a {@link dev.sessionrelay.session.Manifest} that names every entry with its size and digest,
 * and a {@link dev.sessionrelay.io.Payload} for each. A bundle knows neither where it came from nor where it is kept.
 *
 * <p>An entry is a list of segments. A grown entry keeps the segments that it had and adds new ones, so that whoever
 * keeps segments by their digest writes and sends only what is new.
 */
@NullMarked
package dev.sessionrelay.session;

import org.jspecify.annotations.NullMarked;
