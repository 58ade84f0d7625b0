/**
 * Files in and out of the host through the Docker engine's socket: a helper container that is created and never started
 * binds a folder of the host, and the engine's archive calls read and write there.
 *
 * <p>The engine is spoken to directly. The library docker-java was weighed: its core brings 20 MB of jars (Guava,
 * Bouncy Castle and more), its smallest transport alone costs half a second of start-up, and six calls are needed
 * here.
 */
@NullMarked
package dev.sessionrelay.action.docker;

import org.jspecify.annotations.NullMarked;
