package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An answer that says no, in the form that GitHub's have. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ObjectNode body = new ObjectMapper().createObjectNode();
    private final int status;

    Refused(int status, String message) {
        super(message);
        this.status = status;
        body.put("message", message);
        body.put("documentation_url", "https://docs.github.com/rest");
        body.put("status", String.valueOf(status));
    }

    static Refused missing() {
        return new Refused(404, "Not Found");
    }

    static Refused invalid(String resource, String code, String field) {
        Refused refused = new Refused(422, "Validation Failed");
        refused.body
                .putArray("errors")
                .addObject()
                .put("resource", resource)
                .put("code", code)
                .put("field", field);
        return refused;
    }

    /** A refusal that is told in words only. */
    static Refused custom(String resource, String message) {
        Refused refused = invalid(resource, "custom", "");
        ((ObjectNode) refused.body.withArray("errors").get(0)).put("message", message);
        return refused;
    }

    Out out() {
        return Out.json(status, body);
    }
}
