package dev.sessionrelay.flow;

import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.prepare.redact.Report;
import java.util.List;

/** Stops a save that was to stop when there are secrets. */
final class Secrets {
    private static final int MOST_PLACES = 5;

    private Secrets() {}

    static Failure found(SessionId id, Report report) {
        List<Report.Found> places = report.places();
        StringBuilder where = new StringBuilder();
        for (Report.Found found : places.subList(0, Math.min(MOST_PLACES, places.size()))) {
            Report.Place place = found.place();
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
