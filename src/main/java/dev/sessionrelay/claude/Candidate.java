package dev.sessionrelay.claude;

import dev.sessionrelay.bundle.Facts;
import dev.sessionrelay.bundle.SessionId;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A session that was looked at.
 *
 * @param newest when its last record was made, or else when its file was written
 * @param verdict why it can be taken, or why not
 */
public record Candidate(
        SessionId id, Path transcript, long size, Facts facts, Instant newest, boolean fits, String verdict) {}
