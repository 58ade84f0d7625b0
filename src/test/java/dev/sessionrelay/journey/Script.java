package dev.sessionrelay.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.journey.ModelRequest.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What the model says next. The prompt carries it: {@code do this @@[step, step]@@}. A step is a content block, or a
 * list of them for one turn (parallel tools): {@code {"text":…}}, {@code {"thinking":…}},
 * {@code {"tool":…,"input":{…}}} or {@code {"error":529}}. The place in the script is counted from the conversation in
 * the request and kept nowhere else, so that a session goes on with it on any machine.
 */
final class Script {
    private static final Pattern STEPS = Pattern.compile("@@(\\[.*?])@@", Pattern.DOTALL);
    private static final Pattern SCENE = Pattern.compile("MOCK#(\\w+)");
    private static final Pattern REMINDER = Pattern.compile("<system-reminder>.*?</system-reminder>", Pattern.DOTALL);

    /** A subagent's prompt stands inside its parent's script, where a script of its own would not be told apart. */
    private static final Map<String, String> SCENES = Map.of("sub", """
                    [{"tool":"Bash","input":{"command":"echo subagent-ran-$((6*7))","description":"multiply"}},
                     {"text":"subagent-result"}]
                    """, "again", """
                    [{"text":"subagent-continued"}]
                    """);

    private Script() {}

    /** The content blocks of the model's next turn, in the API's form, or one {@code {"error":…}}. */
    static List<ObjectNode> nextTurn(ModelRequest request) {
        List<Message> messages = request.messages();
        int asked = lastPrompt(messages);
        if (!request.isConversation() || asked < 0) {
            return List.of(text("{\"title\":\"A journey\"}"));
        }
        JsonNode steps = stepsIn(ownText(messages.get(asked))).orElseGet(Json::array);
        long played = messages.stream()
                .skip(asked)
                .filter(message -> message.role().equals("assistant"))
                .count();
        JsonNode step = steps.path((int) played);
        if (step.isMissingNode()) {
            return List.of(text("heard " + messages.size() + " messages"));
        }
        var turn = new ArrayList<ObjectNode>();
        for (JsonNode block : step.isArray() ? step : Json.array().add(step)) {
            turn.add(block(block, request));
        }
        return List.copyOf(turn);
    }

    /** Stands for the API's seal on a thinking block: it fits this text and no other. */
    static String signature(String thinking) {
        return Base64.getEncoder().encodeToString(("sealed:" + thinking).getBytes(StandardCharsets.UTF_8));
    }

    private static int lastPrompt(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            Message message = messages.get(i);
            if (message.role().equals("user")
                    && !message.has("tool_result")
                    && !ownText(message).isEmpty()) {
                return i;
            }
        }
        return -1;
    }

    private static String ownText(Message message) {
        return REMINDER.matcher(message.text()).replaceAll("").strip();
    }

    private static Optional<JsonNode> stepsIn(String prompt) {
        var steps = STEPS.matcher(prompt).results().map(found -> found.group(1)).toList();
        if (!steps.isEmpty()) {
            return Optional.of(Json.parse(steps.getLast()));
        }
        return SCENE.matcher(prompt)
                .results()
                .map(found -> SCENES.get(found.group(1)))
                .reduce((first, last) -> last)
                .map(Json::parse);
    }

    private static ObjectNode block(JsonNode step, ModelRequest request) {
        if (step.has("thinking")) {
            String thinking = step.path("thinking").asText();
            return typed("thinking").put("thinking", thinking).put("signature", signature(thinking));
        }
        if (step.has("tool")) {
            ObjectNode use = typed("tool_use")
                    .put("id", "toolu_" + UUID.randomUUID().toString().replace("-", ""))
                    .put("name", toolName(step.path("tool").asText(), request));
            use.set("input", step.path("input"));
            return use;
        }
        return step.has("error") ? step.deepCopy() : text(step.path("text").asText());
    }

    /** Versions before 2.1.63 or so called the Agent tool Task. */
    private static String toolName(String name, ModelRequest request) {
        return name.equals("Agent") && !request.offers("Agent") ? "Task" : name;
    }

    private static ObjectNode text(String text) {
        return typed("text").put("text", text);
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }
}
