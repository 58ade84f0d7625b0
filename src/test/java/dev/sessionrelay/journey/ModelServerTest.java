package dev.sessionrelay.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the journeys rest on: a stand-in that would agree with anything would prove nothing. */
class ModelServerTest {
    private ModelServer server;
    private HttpClient client;

    @BeforeEach
    void start() throws IOException {
        server = ModelServer.startStrict();
        client = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void playsOneStepForEachTurnSinceTheScript() throws Exception {
        ArrayNode messages = Json.array();
        messages.addObject().put("role", "user").put("content", """
                go @@[{"text":"one"}, [{"tool":"Bash","input":{"command":"ls"}}, {"text":"two"}]]@@
                """);
        assertThat(answer(messages).path("content").path(0).path("text").asText())
                .isEqualTo("one");

        messages.addObject().put("role", "assistant").put("content", "one");
        JsonNode second = answer(messages);
        assertThat(second.path("content").findValuesAsText("type")).containsExactly("tool_use", "text");
        assertThat(second.path("stop_reason").asText()).isEqualTo("tool_use");
    }

    @Test
    void letsALaterPromptTakeOver() throws Exception {
        ArrayNode messages = Json.array();
        messages.addObject().put("role", "user").put("content", "@@[{\"text\":\"one\"}]@@");
        messages.addObject().put("role", "assistant").put("content", "one");
        messages.addObject().put("role", "user").put("content", "@@[{\"text\":\"another\"}]@@");
        assertThat(answer(messages).path("content").path(0).path("text").asText())
                .isEqualTo("another");
    }

    @Test
    void refusesAThinkingBlockThatIsNotAsTheModelWroteIt() throws Exception {
        ArrayNode messages = Json.array();
        messages.addObject().put("role", "user").put("content", "@@[{\"thinking\":\"as it was\"}]@@");
        JsonNode thought = answer(messages).path("content").path(0);
        messages.addObject().put("role", "assistant").putArray("content").add(thought);
        assertThat(post(messages, false).statusCode()).isEqualTo(200);
        assertThat(server.refusals()).isEmpty();

        ((ObjectNode) messages.path(1).path("content").path(0)).put("thinking", "as it was not");
        assertThat(post(messages, false).statusCode()).isEqualTo(400);
        assertThat(server.refusals()).singleElement().asString().contains("Invalid `signature`");
    }

    @Test
    void failsWhenTheScriptSaysSo() throws Exception {
        ArrayNode messages = Json.array();
        messages.addObject().put("role", "user").put("content", "@@[{\"error\":529}]@@");
        assertThat(post(messages, false).statusCode()).isEqualTo(529);
    }

    @Test
    void streamsTheSameAsEvents() throws Exception {
        ArrayNode messages = Json.array();
        messages.addObject().put("role", "user").put("content", "@@[{\"text\":\"in a stream\"}]@@");
        assertThat(post(messages, true).body().lines().filter(line -> line.startsWith("event: ")))
                .containsExactly(
                        "event: message_start",
                        "event: content_block_start",
                        "event: content_block_delta",
                        "event: content_block_stop",
                        "event: message_delta",
                        "event: message_stop");
    }

    @Test
    void refusesAToolsResultWithoutItsCall() throws Exception {
        ArrayNode messages = Json.array();
        ObjectNode asked = messages.addObject().put("role", "user");
        asked.putArray("content")
                .addObject()
                .put("type", "tool_result")
                .put("tool_use_id", "toolu_1")
                .put("content", "out");
        assertThat(post(messages, false).statusCode()).isEqualTo(400);
        assertThat(server.refusals()).singleElement().asString().contains("toolu_1");
    }

    @Test
    void keepsConversationsAsEvidenceButNotTheAskingForTitles() throws Exception {
        ArrayNode messages = Json.array();
        messages.addObject().put("role", "user").put("content", "remember me");
        answer(messages);
        send(Json.object().put("model", "m").set("messages", messages));
        assertThat(server.conversations()).hasSize(1);
        assertThat(server.firstAfter("remember").prompts()).containsExactly("remember me");
    }

    private JsonNode answer(ArrayNode messages) throws IOException, InterruptedException {
        return Json.parse(post(messages, false).body());
    }

    private HttpResponse<String> post(ArrayNode messages, boolean stream) throws IOException, InterruptedException {
        ObjectNode body = Json.object().put("model", "m").put("stream", stream);
        body.putArray("tools").addObject().put("name", "Bash");
        return send(body.set("messages", messages));
    }

    private HttpResponse<String> send(JsonNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/messages"))
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
