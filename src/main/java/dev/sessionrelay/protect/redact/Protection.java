package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What is never touched, since the session would not resume or could not be read: ids and links between records, what
 * is signed or encrypted, images, and the paths of files. Where a record says something about itself, a name is enough
 * to know it; what a tool was given or gave back has any names, so there the value has to look the part as well.
 */
final class Protection {
    private static final Set<String> OF_THE_RECORD = Set.of("timestamp", "type", "userType", "version");
    private static final Set<String> OF_THE_MESSAGE = Set.of("model", "role", "stop_reason", "stop_sequence", "type");
    private static final Set<String> IDS = Set.of(
            "agentId",
            "hash",
            "id",
            "leafUuid",
            "logicalParentUuid",
            "messageId",
            "parentToolUseID",
            "parentUuid",
            "promptId",
            "requestId",
            "sessionId",
            "signature",
            "sourceToolAssistantUUID",
            "sourceToolUseID",
            "toolUseId",
            "toolUseID",
            "tool_use_id",
            "uuid");
    private static final Set<String> ENCRYPTED = Set.of("encrypted_content", "encrypted_index", "encryptedContent");
    private static final Set<String> PATHS = Set.of(
            "cwd",
            "filePath",
            "file_path",
            "notebook_path",
            "originalCwd",
            "outputFile",
            "path",
            "persistedOutputPath",
            "realParentDir",
            "relocatedCwd",
            "transcript_path",
            "workingDirectory",
            "worktreePath");

    private Protection() {}

    static boolean isEmbedded(RecordWalker at) {
        return (at.key(0).equals("data")
                        && at.key(1).equals("source")
                        && !at.type().equals("text"))
                || (at.key(0).equals("base64") && at.key(1).equals("file"));
    }

    static boolean covers(RecordWalker at, byte[] bytes, int from, int to) {
        String key = at.key(0);
        return switch (at.depth()) {
                    case 1 -> OF_THE_RECORD.contains(key);
                    case 2 -> at.key(1).equals("message") && OF_THE_MESSAGE.contains(key);
                    case 4 -> at.key(2).equals("content") && at.key(3).equals("message") && isOfBlock(at, key);
                    default -> false;
                }
                || (IDS.contains(key) && isId(bytes, from, to))
                || (key.equals("signature") && at.type().equals("thinking"))
                || ENCRYPTED.contains(key)
                || (PATHS.contains(key) && isPath(bytes, from, to));
    }

    private static boolean isOfBlock(RecordWalker at, String key) {
        return key.equals("type")
                || key.equals("signature")
                || (key.equals("data") && (at.type().isEmpty() || at.type().startsWith("redacted")));
    }

    /** A UUID, or an id as the model's API makes them. */
    private static boolean isId(byte[] bytes, int from, int to) {
        int underscore = from;
        while (underscore < to && underscore - from < 10 && bytes[underscore] >= 'a' && bytes[underscore] <= 'z') {
            underscore++;
        }
        if (underscore < to && bytes[underscore] == '_') {
            String kind = new String(bytes, from, underscore - from, StandardCharsets.ISO_8859_1);
            return Set.of("toolu", "srvtoolu", "msg", "req").contains(kind);
        }
        for (int i = from; i < to; i++) {
            if (Character.digit(bytes[i], 16) < 0 && bytes[i] != '-') {
                return false;
            }
        }
        return to > from;
    }

    private static boolean isPath(byte[] bytes, int from, int to) {
        if (to == from
                || (bytes[from] != '/' && bytes[from] != '~' && bytes[from] != '.' && !isDrive(bytes, from, to))) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\' && i + 1 < to && bytes[i + 1] == 'n') {
                return false;
            }
        }
        return true;
    }

    private static boolean isDrive(byte[] bytes, int from, int to) {
        return to - from > 2 && bytes[from + 1] == ':' && Chars.is(bytes[from], Chars.LETTER);
    }
}
