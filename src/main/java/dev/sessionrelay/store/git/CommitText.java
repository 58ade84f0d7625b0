package dev.sessionrelay.store.git;

import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.SessionId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * What a commit says. Its last lines are read again for a session's history, so that no file has to be fetched for
 * it.
 */
record CommitText(Optional<SessionId> session, Optional<Integer> turns, Optional<Long> bytes, String subject) {
    private static final int LONGEST_TITLE = 60;

    static String ofSave(Manifest manifest) {
        StringBuilder text = new StringBuilder("Save ");
        text.append(manifest.facts()
                .title()
                .map(title -> "\"" + SafeText.of(title, LONGEST_TITLE) + "\"")
                .orElse("session " + manifest.sessionId().text().substring(0, 8)));
        text.append(" (").append(lengthOf(manifest)).append(")\n\n");
        line(text, "Session", manifest.sessionId().text());
        manifest.key().ifPresent(key -> line(text, "Key", SafeText.of(key, 200)));
        if (!manifest.isClosed()) {
            line(text, "Turns", String.valueOf(manifest.facts().turns()));
        }
        line(text, "Bytes", String.valueOf(manifest.size()));
        Stream.of("run_id", "actor")
                .forEach(detail -> Optional.ofNullable(
                                manifest.origin().details().get(detail))
                        .ifPresent(
                                value -> line(text, detail.equals("actor") ? "Actor" : "Run", SafeText.of(value, 80))));
        line(text, "Saved-By", "session-relay " + SafeText.of(manifest.origin().relayVersion(), 40));
        return text.toString();
    }

    private static String lengthOf(Manifest manifest) {
        int turns = manifest.facts().turns();
        return manifest.isClosed() ? "sealed" : turns + (turns == 1 ? " turn" : " turns");
    }

    static String ofDelete(SessionId id) {
        return "Delete session " + id.text().substring(0, 8) + "\n\nDeleted: " + id.text() + "\n";
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    /** One that names nobody who made it, as git would not write it, is as old as can be. */
    static Instant timeOf(RevCommit commit) {
        PersonIdent committer = commit.getCommitterIdent();
        return committer == null ? Instant.EPOCH : committer.getWhenAsInstant();
    }

    static CommitText read(String message) {
        return new CommitText(
                value(message, "Session").flatMap(SessionId::in),
                value(message, "Turns")
                        .filter(text -> text.matches("[0-9]{1,9}"))
                        .map(Integer::valueOf),
                value(message, "Bytes")
                        .filter(text -> text.matches("[0-9]{1,15}"))
                        .map(Long::valueOf),
                SafeText.of(message.lines().findFirst().orElse(""), 120));
    }

    private static Optional<String> value(String message, String name) {
        return Pattern.compile("^" + name + ": (.+)$", Pattern.MULTILINE)
                .matcher(message)
                .results()
                .map(found -> found.group(1).strip())
                .findFirst();
    }
}
