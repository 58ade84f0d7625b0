package dev.sessionrelay.github.standin;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Holds exchanges to GitHub's OpenAPI description. */
final class Description {
    private static final Description THE_ONLY = new Description();

    private final OpenApiInteractionValidator validator = OpenApiInteractionValidator.createFor("/github/openapi.json")
            .withBasePathOverride("/")
            .withLevelResolver(LevelResolver.create()
                    // GitHub's answers have had more fields than the description since ever.
                    .withLevel("validation.response.body.schema.additionalProperties", ValidationReport.Level.IGNORE)
                    .withLevel("validation.request.parameter.query.unexpected", ValidationReport.Level.ERROR)
                    .build())
            .build();

    private final Tally tally = new Tally();

    private Description() {}

    static Description ofGitHub() {
        return THE_ONLY;
    }

    /** What is wrong with the request or the answer. */
    List<String> errors(Ask ask, Out out) {
        SimpleRequest.Builder request = new SimpleRequest.Builder(ask.method(), ask.path());
        ask.query().forEach(request::withQueryParam);
        ask.header("Content-Type").ifPresent(type -> {
            request.withContentType(type);
            if (type.contains("json")) {
                request.withBody(new String(ask.body(), StandardCharsets.UTF_8));
            }
        });
        ask.header("Accept").ifPresent(accept -> request.withAccept("application/json"));
        SimpleResponse.Builder response = new SimpleResponse.Builder(out.status());
        if (!out.type().isEmpty()) {
            response.withContentType(out.type());
            if (out.type().contains("json")) {
                response.withBody(out.text());
            }
        }
        ValidationReport asked = validator.validateRequest(request.build());
        ValidationReport answered =
                validator.validateResponse(ask.path(), Request.Method.valueOf(ask.method()), response.build());
        List<String> errors = Stream.concat(asked.getMessages().stream(), answered.getMessages().stream())
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .filter(message -> !isBeyondTheDescription(message, ask, out))
                .map(message -> ask.method() + " " + ask.path() + " -> " + out.status() + ": " + message.getKey() + " "
                        + message.getMessage())
                .toList();
        // What others' programs send is theirs to answer for.
        if (ask.header("User-Agent").filter("session-relay"::equals).isPresent()) {
            tally.add(ask.path(), errors.size());
        }
        return errors;
    }

    /**
     * The description lists few of the statuses that GitHub redirects and refuses with, and not the body of an asset's
     * refusal, which the recorded ones have (tests look at their form); one type for assets, although its text says
     * that any will do; and not the state of an asset whose upload broke, although its text tells of it.
     */
    private static boolean isBeyondTheDescription(ValidationReport.Message message, Ask ask, Out out) {
        return switch (message.getKey()) {
            case "validation.response.status.unknown" -> out.status() >= 300;
            case "validation.response.body.unexpected" ->
                out.status() == 422 && ask.host().equals("uploads");
            case "validation.request.contentType.notAllowed" -> ask.host().equals("uploads");
            case "validation.response.body.schema.enum" -> out.text().contains("\"state\":\"starter\"");
            default -> false;
        };
    }
}
