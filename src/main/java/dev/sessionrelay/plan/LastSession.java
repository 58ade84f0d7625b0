package dev.sessionrelay.plan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a plan's last session lies, as a header says it. The two forms exclude each other: either era of erk refuses
 * the other's.
 */
public sealed interface LastSession {
    DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    String GIST_URL = "last_session_gist_url";
    String GIST_ID = "last_session_gist_id";
    String BRANCH = "last_session_branch";
    String ID = "last_session_id";
    String AT = "last_session_at";
    String SOURCE = "last_session_source";

    String sessionId();

    /** When it was saved, as text. */
    String at();

    String source();

    /** What is written, in order. */
    Map<String, String> fields();

    /** What of the other form goes. */
    List<String> excluded();

    /** @param source {@code local} or {@code remote} */
    record InGist(String url, String gistId, String sessionId, String at, String source) implements LastSession {
        @Override
        public Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put(GIST_URL, url);
            fields.put(GIST_ID, gistId);
            fields.put(ID, sessionId);
            fields.put(AT, at);
            fields.put(SOURCE, source);
            return fields;
        }

        @Override
        public List<String> excluded() {
            return List.of(BRANCH);
        }
    }

    /** @param source {@code local} or {@code remote} */
    record OnBranch(String branch, String sessionId, String at, String source) implements LastSession {
        @Override
        public Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put(BRANCH, branch);
            fields.put(ID, sessionId);
            fields.put(AT, at);
            fields.put(SOURCE, source);
            return fields;
        }

        @Override
        public List<String> excluded() {
            return List.of(GIST_URL, GIST_ID);
        }
    }

    /** As erk writes times. */
    static String time(Instant at) {
        return TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    /** Whether this was saved after the other, as far as both say when in a readable way. */
    default boolean isNewerThan(LastSession other) {
        try {
            return OffsetDateTime.parse(at()).isAfter(OffsetDateTime.parse(other.at()));
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** What a header says; the branch where it says both, for it is the younger form. */
    static Optional<LastSession> in(Fields header) {
        Optional<String> id = header.text(ID);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        String at = header.text(AT).orElse("");
        String source = header.text(SOURCE).orElse("");
        Optional<String> branch = header.text(BRANCH);
        if (branch.isPresent()) {
            return Optional.of(new OnBranch(branch.get(), id.get(), at, source));
        }
        return header.text(GIST_URL)
                .map(url -> new InGist(url, header.text(GIST_ID).orElse(""), id.get(), at, source));
    }
}
