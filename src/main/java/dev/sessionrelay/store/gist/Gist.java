package dev.sessionrelay.store.gist;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.store.PublicAccessGuard;
import dev.sessionrelay.transcript.SessionId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A gist at one of its revisions.
 *
 * @param revision empty in lists, which do not tell it
 */
record Gist(
        String id,
        String page,
        Optional<String> owner,
        String description,
        boolean isPublic,
        String gitAddress,
        Instant updatedAt,
        String revision,
        Map<String, GistFile> files)
        implements PublicAccessGuard.GuardedPlace {
    private static final String UNSETTLED = ".unsettled";

    static Gist of(JsonNode node) {
        Map<String, GistFile> files = new TreeMap<>();
        node.path("files").forEach(file -> {
            GistFile read = GistFile.of(file);
            files.put(read.name(), read);
        });
        return new Gist(
                node.path("id").asText(),
                node.path("html_url").asText(),
                Optional.of(node.path("owner").path("login").asText("")).filter(login -> !login.isEmpty()),
                node.path("description").asText(""),
                node.path("public").asBoolean(false),
                node.path("git_pull_url").asText(),
                time(node.path("updated_at").asText()),
                node.path("history").path(0).path("version").asText(""),
                files);
    }

    @Override
    public String describe() {
        return "gist " + id + " is public, and everybody can read what is in it";
    }

    @Override
    public String privateWays() {
        return "delete it, and a save makes a secret one";
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** The file of a new gist that is not known yet to be the only one of its session. */
    static String unsettled(SessionId id) {
        return "session-" + id + UNSETTLED;
    }

    boolean isSettled() {
        return files.keySet().stream().noneMatch(name -> name.endsWith(UNSETTLED));
    }

    /** The saves that lie in it, of any session and in no order. */
    List<SaveName> saves() {
        return files.keySet().stream()
                .flatMap(name -> SaveName.find(name).stream())
                .toList();
    }

    /** The saves that may be the latest: those of the highest number. */
    List<SaveName> heads() {
        List<SaveName> all = saves();
        int highest = all.stream().mapToInt(SaveName::number).max().orElse(0);
        return all.stream().filter(save -> save.number() == highest).toList();
    }

    Optional<GistFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    String where(String file) {
        return file + " in gist " + id;
    }
}
