package dev.sessionrelay.transcript.merge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record behind the common beginning: where it stands, and what has to be known of it to join two continuations.
 *
 * @param key tells whether the other continuation has it too: the mark of its uuid, or of its bytes when it has none
 * @param content the mark of its bytes without the value of {@code parentUuid}, which is all that merging ever changes
 * @param follows the record before it in the chain; across a compaction the one that the summary ends with
 * @param startsChain whether its {@code parentUuid} is null
 * @param parentStart where the value of {@code parentUuid} stands
 * @param time in milliseconds, or {@link #NO_TIME}
 * @param calls the tool calls that it makes
 * @param results the tool calls that it answers
 */
record ContinuationRecord(
        long start,
        long end,
        Role role,
        RecordHash key,
        RecordHash content,
        @Nullable RecordHash follows,
        boolean startsChain,
        long parentStart,
        long parentEnd,
        long time,
        List<String> calls,
        List<String> results) {

    static final long NO_TIME = Long.MIN_VALUE;

    enum Role {
        /** No part of the chain: a title, a mode, what was prompted last. */
        STATE,
        /** In a chain, but never the end of the conversation: progress, a subagent's word in its parent's file. */
        LINK,
        /** Of the conversation, but said by nobody: attachments and the system's remarks. */
        CONTEXT,
        PROMPT,
        /** An answer, a tool call or a tool's result. */
        WORD;

        boolean isConversation() {
            return this == CONTEXT || isMessage();
        }

        boolean isMessage() {
            return this == PROMPT || this == WORD;
        }
    }
}
