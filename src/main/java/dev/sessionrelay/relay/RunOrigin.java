package dev.sessionrelay.relay;

import dev.sessionrelay.session.Origin;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Who saves, from where: on a runner the run that it is, elsewhere just this machine. */
public final class RunOrigin {
    private static final Map<String, String> DETAILS = Map.of(
            "actor", "GITHUB_ACTOR",
            "commit", "GITHUB_SHA",
            "event", "GITHUB_EVENT_NAME",
            "repository", "GITHUB_REPOSITORY",
            "run_attempt", "GITHUB_RUN_ATTEMPT",
            "run_id", "GITHUB_RUN_ID",
            "server", "GITHUB_SERVER_URL",
            "workflow", "GITHUB_WORKFLOW");

    private RunOrigin() {}

    public static Origin of(Map<String, String> environment, Instant now, String relayVersion) {
        boolean onRunner = "true".equals(environment.get("GITHUB_ACTIONS"));
        Map<String, String> details = new TreeMap<>();
        if (onRunner) {
            DETAILS.forEach((detail, variable) -> {
                String value = environment.getOrDefault(variable, "");
                if (!value.isBlank()) {
                    details.put(detail, value);
                }
            });
        }
        return new Origin(now, onRunner ? "remote" : "local", relayVersion, details);
    }
}
