package dev.sessionrelay.store.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.transcript.TranscriptFacts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The five fields that the scripts tell of a session, written as they write them: they may read them line by line. */
record ScriptsMetadata(String sessionId, String gitBranch, String cwd, Instant timestamp, String archivePath) {

    static ScriptsMetadata of(Manifest manifest, TagName tag) {
        TranscriptFacts facts = manifest.facts();
        return new ScriptsMetadata(
                manifest.sessionId().text(),
                facts.firstBranch().orElse(tag.branch()),
                facts.firstFolder().orElse(""),
                manifest.origin().savedAt().truncatedTo(ChronoUnit.SECONDS),
                new AssetName.Archive(manifest.sessionId()).toString());
    }

    String write() {
        return "{\n  \"sessionId\": " + quoted(sessionId) + ",\n  \"gitBranch\": " + quoted(gitBranch)
                + ",\n  \"cwd\": "
                + quoted(cwd) + ",\n  \"timestamp\": " + quoted(timestamp.toString()) + ",\n  \"archivePath\": "
                + quoted(archivePath) + "\n}\n";
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** When the scripts saved; the time of the upload where they do not say it readably, for they escape nothing. */
    static Instant timestampIn(byte[] json, Instant otherwise) throws IOException {
        try {
            JsonNode root = GitHub.JSON.readTree(json);
            return Instant.parse(root.path("timestamp").asText());
        } catch (JsonProcessingException | DateTimeException e) {
            return otherwise;
        }
    }

    /** The branch that the scripts saved a session of. */
    static Optional<String> branchIn(byte[] json) throws IOException {
        try {
            return Optional.of(GitHub.JSON.readTree(json).path("gitBranch").asText())
                    .filter(branch -> !branch.isBlank());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
