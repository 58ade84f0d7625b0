/**
 * Talking to git repositories: over smart HTTP, and in folders. What is known of sessions is one package up; here are
 * refs, objects and packs.
 *
 * <p>Over HTTP every request stands for itself: refs are asked for and objects fetched with protocol version 2, a push
 * is one POST. JGit reads packs and keeps objects; the requests are our own, because JGit makes twice as many.
 */
@NullMarked
package dev.sessionrelay.git;

import org.jspecify.annotations.NullMarked;
