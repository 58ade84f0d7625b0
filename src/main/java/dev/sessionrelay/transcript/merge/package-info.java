/**
 * Two continuations of one session become one conversation: what both have, then what the one has for itself, then what
 * the other has for itself, whose first record is made to follow the last of the one.
 * {@link dev.sessionrelay.transcript.merge.Merge} is a pure function over payloads; nothing is written, and of a
 * record no more than marks and places is kept in memory.
 *
 * <p>What Claude Code makes of such a file was measured. It continues where the chain of records ends that it takes for
 * the last one: versions from 2.1.197 on that of the last record in the file (they write a {@code last-prompt} record
 * that names it), older ones that of the record with the latest time. So the continuation with the latest message comes
 * last. A compaction starts a new chain with a summary of what was before; all that is to be seen must come behind it,
 * so the compacted continuation comes first, and two compacted ones cannot be joined.
 */
@NullMarked
package dev.sessionrelay.transcript.merge;

import org.jspecify.annotations.NullMarked;
