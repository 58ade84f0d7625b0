package dev.sessionrelay.agent.claude;

import dev.sessionrelay.transcript.SessionId;
import dev.sessionrelay.transcript.TranscriptFacts;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A session that was looked at.
 *
 * @param newest when its last record was made, or else when its file was written
 * @param verdict why it can be taken, or why not
 */
public record Candidate(
        SessionId id,
        Path transcript,
        long size,
        TranscriptFacts facts,
        Instant newest,
        boolean fits,
        String verdict) {}
