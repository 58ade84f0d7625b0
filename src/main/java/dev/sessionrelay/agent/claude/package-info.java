/**
 * All that the program knows of Claude Code: where its sessions lie, which files belong to one, which records may
 * travel, whether it will resume a session, and how one is put back so that {@code claude --resume} finds it.
 */
@NullMarked
package dev.sessionrelay.agent.claude;

import org.jspecify.annotations.NullMarked;
