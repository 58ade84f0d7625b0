/**
 * All that the program knows of Claude Code on disk: where sessions lie, which files belong to one, how a transcript is
 * read without trusting it, and how a session is put back so that {@code claude --resume} finds it.
 */
@NullMarked
package dev.sessionrelay.claude;

import org.jspecify.annotations.NullMarked;
