package dev.sessionrelay.relay;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.protect.redact.SecretReport;
import dev.sessionrelay.transcript.SessionId;
import java.util.List;

/** Stops a save that was to stop when there are secrets. */
final class SecretPolicy {
    private static final int MOST_PLACES = 5;

    private SecretPolicy() {}

    static Failure found(SessionId id, SecretReport report) {
        List<SecretReport.ReportedSecret> places = report.places();
        StringBuilder where = new StringBuilder();
        for (SecretReport.ReportedSecret found : places.subList(0, Math.min(MOST_PLACES, places.size()))) {
            SecretReport.SecretPlace place = found.place();
            where.append(where.isEmpty() ? "" : ", ")
                    .append(place.rule())
                    .append(" in ")
                    .append(place.file())
                    .append(':')
                    .append(place.line());
        }
        return Failure.notAllowed(
                "session " + id + " was not saved, since it holds secrets: " + where
                        + (places.size() > MOST_PLACES ? ", and more" : ""),
                "see all with `session-relay scan <transcript>`; save without --fail-on-secrets to have them redacted");
    }
}
