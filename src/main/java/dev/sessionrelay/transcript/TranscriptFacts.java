package dev.sessionrelay.transcript;

import java.util.Optional;

/**
 * What a transcript says about itself, as far as it helps to find and to recognise a session. The first folder is where
 * the session began, the last where its newest record was made.
 */
public record TranscriptFacts(
        Optional<String> title,
        int turns,
        long messages,
        Optional<String> firstAt,
        Optional<String> lastAt,
        Optional<String> firstFolder,
        Optional<String> lastFolder,
        Optional<String> firstBranch,
        Optional<String> lastBranch,
        Optional<String> claudeVersion,
        Optional<String> entrypoint) {

    /** What is known of a session that is sealed: nothing. */
    public static final TranscriptFacts UNKNOWN = new TranscriptFacts(
            Optional.empty(),
            0,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public TranscriptFacts withTitle(Optional<String> other) {
        return new TranscriptFacts(
                other,
                turns,
                messages,
                firstAt,
                lastAt,
                firstFolder,
                lastFolder,
                firstBranch,
                lastBranch,
                claudeVersion,
                entrypoint);
    }

    /** Claude Code finds no conversation in a file without a message that carries a time. */
    public boolean hasConversation() {
        return messages > 0;
    }
}
