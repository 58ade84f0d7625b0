package dev.sessionrelay.claude;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The top-level fields of a record that the program looks at. Everything else in a record is left unread. */
public enum Field {
    TYPE("type"),
    UUID("uuid"),
    PARENT_UUID("parentUuid"),
    LOGICAL_PARENT_UUID("logicalParentUuid"),
    LEAF_UUID("leafUuid"),
    SESSION_ID("sessionId"),
    AGENT_ID("agentId"),
    TIMESTAMP("timestamp"),
    CWD("cwd"),
    GIT_BRANCH("gitBranch"),
    VERSION("version"),
    ENTRYPOINT("entrypoint"),
    IS_SIDECHAIN("isSidechain"),
    IS_META("isMeta"),
    IS_COMPACT_SUMMARY("isCompactSummary"),
    TOOL_USE_RESULT("toolUseResult"),
    CUSTOM_TITLE("customTitle"),
    AI_TITLE("aiTitle"),
    SUMMARY("summary"),
    MESSAGE("message"),
    ATTACHMENT("attachment");

    private static final Field[] ALL = values();

    @SuppressWarnings("ImmutableEnumChecker") // never handed out, and compared with bytes
    private final byte[] key;

    Field(String key) {
        this.key = key.getBytes(StandardCharsets.US_ASCII);
    }

    static @Nullable Field of(byte[] bytes, int length) {
        for (Field field : ALL) {
            if (field.key.length == length && Arrays.equals(field.key, 0, length, bytes, 0, length)) {
                return field;
            }
        }
        return null;
    }
}
