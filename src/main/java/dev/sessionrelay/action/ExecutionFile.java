package dev.sessionrelay.action;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The messages that claude-code-action leaves in the runner's temporary folder. It names its session in an output only
 * when all went well; this file names it also after a failure.
 */
final class ExecutionFile {
    private static final String NAME = "claude-execution-output.json";

    /** Names without end are not collected. */
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private ExecutionFile() {}

    /** The session that was named last, when the file was written since then. */
    static Optional<SessionId> sessionIn(Path temp, Instant since) {
        Path file = temp.resolve(NAME);
        try {
            if (!Files.isRegularFile(file)
                    || Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                return Optional.empty();
            }
            return last(file);
        } catch (IOException e) {
            // A file that was cut short says nothing; the session is looked for otherwise then.
            return Optional.empty();
        }
    }

    private static Optional<SessionId> last(Path file) throws IOException {
        Optional<SessionId> found = Optional.empty();
        try (JsonParser json = JSON.createParser(PlainFile.openNamed(file))) {
            int depth = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (depth == 2 && token == JsonToken.VALUE_STRING && "session_id".equals(json.currentName())) {
                    Optional<SessionId> id = SessionId.in(json.getText());
                    found = id.isPresent() ? id : found;
                }
            }
        }
        return found;
    }
}
