package dev.sessionrelay.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Stands in for the model's API on the loopback, so that the real CLI can be run without an account. It plays the
 * {@link Script} in the prompt and keeps every request of a conversation as evidence.
 */
final class ModelServer implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final boolean strict;
    private final List<ModelRequest> conversations = new CopyOnWriteArrayList<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    private ModelServer(boolean strict) throws IOException {
        this.strict = strict;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    static ModelServer start() throws IOException {
        return new ModelServer(false).started();
    }

    /** Refuses what the real API refuses: {@link ApiRules}. */
    static ModelServer startStrict() throws IOException {
        return new ModelServer(true).started();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Every conversation request so far, in order of arrival; subagents' too. */
    List<ModelRequest> conversations() {
        return List.copyOf(conversations);
    }

    /** What was sent in the end, after all that was refused. */
    ModelRequest lastConversation() {
        return conversations.getLast();
    }

    /** The first request after this was prompted: it holds all that the session remembers from before. */
    ModelRequest firstAfter(String prompt) {
        return first(request -> has(request, prompt), prompt);
    }

    /** The same for what was said to a subagent; only its parent has a script in its prompts. */
    ModelRequest firstOfSubagentAfter(String message) {
        return first(request -> has(request, message) && !has(request, "@@["), message);
    }

    /** What was answered with an error, e.g. for an altered thinking block. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public void close() {
        http.stop(0);
        workers.close();
    }

    private ModelRequest first(Predicate<ModelRequest> wanted, String prompt) {
        return conversations.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the CLI sent no request with the prompt " + prompt));
    }

    private static boolean has(ModelRequest request, String prompt) {
        return request.prompts().stream().anyMatch(text -> text.contains(prompt));
    }

    private ModelServer started() {
        http.setExecutor(workers);
        http.createContext("/", this::serve);
        http.start();
        return this;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("HEAD") || path.equals("/")) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            switch (path) {
                case "/v1/messages" -> converse(exchange, new ModelRequest(Json.parse(asked)));
                case "/v1/messages/count_tokens" ->
                    send(exchange, 200, Json.object().put("input_tokens", asked.length() / 4));
                case "/v1/models" -> {
                    ObjectNode models = Json.object().put("has_more", false);
                    models.putArray("data");
                    send(exchange, 200, models);
                }
                default -> send(exchange, 404, error("not_found_error", path + " is not part of this stand-in"));
            }
        }
    }

    private void converse(HttpExchange exchange, ModelRequest request) throws IOException {
        if (request.isConversation()) {
            conversations.add(request);
        }
        Optional<String> broken = strict ? ApiRules.broken(request.messages()) : Optional.empty();
        if (broken.isPresent()) {
            refuse(exchange, 400, broken.get());
            return;
        }
        List<ObjectNode> turn = Script.nextTurn(request);
        for (ObjectNode block : turn) {
            if (block.has("error")) {
                refuse(
                        exchange,
                        block.path("error").asInt(),
                        block.path("message").asText("scripted"));
                return;
            }
        }
        ObjectNode message = message(request, turn);
        if (request.body().path("stream").asBoolean()) {
            send(exchange, 200, "text/event-stream", EventStream.of(message));
        } else {
            send(exchange, 200, message);
        }
    }

    private void refuse(HttpExchange exchange, int status, String why) throws IOException {
        refusals.add(status + " " + why);
        send(exchange, status, error(status == 400 ? "invalid_request_error" : "overloaded_error", why));
    }

    private static ObjectNode message(ModelRequest request, List<ObjectNode> turn) {
        boolean usesTools =
                turn.stream().anyMatch(block -> block.path("type").asText().equals("tool_use"));
        ObjectNode message = Json.object()
                .put("id", "msg_" + UUID.randomUUID().toString().replace("-", ""))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", request.body().path("model").asText())
                .put("stop_reason", usesTools ? "tool_use" : "end_turn")
                .putNull("stop_sequence");
        message.putArray("content").addAll(turn);
        message.putObject("usage")
                .put("input_tokens", request.body().toString().length() / 4)
                .put("output_tokens", turn.toString().length() / 4)
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0);
        return message;
    }

    private static ObjectNode error(String type, String why) {
        ObjectNode error = Json.object().put("type", "error");
        error.putObject("error").put("type", type).put("message", why);
        return error;
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        send(exchange, status, "application/json", body.toString());
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", type);
        exchange.getResponseHeaders().set("request-id", "req_" + UUID.randomUUID());
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
