package dev.sessionrelay.transcript;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fields of a record that the program looks at. Everything else in a record is only checked for its form. */
public enum RecordField {
    TYPE("type"),
    SUBTYPE("subtype"),
    UUID("uuid"),
    PARENT_UUID("parentUuid"),
    LOGICAL_PARENT_UUID("logicalParentUuid"),
    LEAF_UUID("leafUuid"),
    SESSION_ID("sessionId"),
    AGENT_ID("agentId"),
    TIMESTAMP("timestamp"),
    CWD("cwd"),
    SLUG("slug"),
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
    RENDERED_ROLE("renderedRole"),
    MESSAGE("message"),
    ATTACHMENT("attachment"),
    ATTACHMENT_TYPE("type", ATTACHMENT),
    MESSAGE_ROLE("role", MESSAGE),
    /** A JavaScript object would take such a key's value for what it has no keys of its own for. */
    PROTOTYPE("__proto__"),
    /** Any other. */
    NONE("");

    private static final RecordField[] ALL = values();

    @SuppressWarnings("ImmutableEnumChecker") // never handed out, and compared with bytes
    private final byte[] key;

    private final @Nullable RecordField above;

    RecordField(String key) {
        this(key, null);
    }

    RecordField(String key, @Nullable RecordField above) {
        this.key = key.getBytes(StandardCharsets.US_ASCII);
        this.above = above;
    }

    /** @param within the field whose value has this key, {@link #NONE} for the record itself */
    static RecordField of(byte[] bytes, int length, RecordField within) {
        for (RecordField field : ALL) {
            boolean isThere =
                    field == PROTOTYPE ? within != TOOL_USE_RESULT : field.above == (within == NONE ? null : within);
            if (isThere && field.key.length == length && Arrays.equals(field.key, 0, length, bytes, 0, length)) {
                return field;
            }
        }
        return NONE;
    }
}
