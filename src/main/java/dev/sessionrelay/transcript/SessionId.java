package dev.sessionrelay.transcript;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The UUID that names a session, spelt as Claude Code spelt it: it compares ids by their case. */
public record SessionId(String text) {
    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    public SessionId {
        if (!isOne(text)) {
            throw Failure.badInput(
                    "\"" + SafeText.of(text, 80) + "\" is no session id",
                    "a session id is a UUID such as 7c53d351-013c-4308-a705-3cc3387680a2; `session-relay find` prints"
                            + " the one of this folder");
        }
    }

    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    public static Optional<SessionId> in(String text) {
        return isOne(text) ? Optional.of(new SessionId(text)) : Optional.empty();
    }

    /**
     * The id for another continuation of this session, kept beside it. It follows from the line where the two part, so
     * that the same continuation gets the same id every time, however far it has grown.
     */
    public SessionId forContinuation(byte[] firstOwnLine) {
        byte[] id = text.getBytes(StandardCharsets.UTF_8);
        byte[] name = new byte[id.length + firstOwnLine.length];
        System.arraycopy(id, 0, name, 0, id.length);
        System.arraycopy(firstOwnLine, 0, name, id.length, firstOwnLine.length);
        return new SessionId(UUID.nameUUIDFromBytes(name).toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
