package dev.sessionrelay.agent.claude;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.agent.claude.ResumeCheck.CheckFinding;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.transcript.Placeholder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the model's server will say to the messages. */
final class MessageCheck {
    private static final long USUAL_CONTEXT = 200_000;
    private static final int BYTES_A_TOKEN = 4;
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]++={0,2}+");

    private final Set<String> openCalls = new LinkedHashSet<>();
    private long told;
    private long unreadable;
    private long calls;
    private long strayResults;
    private long closedLate;
    private long schedules;
    private long thoughts;
    private long unsigned;
    private long contextTokens;
    private long sinceContext;

    /** A message that is too long to be read. */
    void takeUnread() {
        unreadable++;
    }

    void take(String type, byte[] line) {
        JsonNode message;
        try {
            message = JsonTree.USUAL.read(line).path("message");
        } catch (IOException e) {
            unreadable++;
            return;
        }
        told++;
        sinceContext += line.length;
        message.path("content").forEach(this::block);
        JsonNode usage = message.path("usage");
        if (type.equals("assistant") && usage.isObject()) {
            contextTokens = usage.path("input_tokens").asLong()
                    + usage.path("cache_creation_input_tokens").asLong()
                    + usage.path("cache_read_input_tokens").asLong()
                    + usage.path("output_tokens").asLong();
            sinceContext = 0;
        }
        if (type.equals("user") && !isResult(message) && !openCalls.isEmpty()) {
            closedLate = openCalls.size();
        }
    }

    private void block(JsonNode block) {
        switch (block.path("type").asText()) {
            case "tool_use" -> {
                calls++;
                openCalls.add(block.path("id").asText());
                schedules += block.path("name").asText().equals("CronCreate") ? 1 : 0;
            }
            case "tool_result" ->
                strayResults += openCalls.remove(block.path("tool_use_id").asText()) ? 0 : 1;
            case "thinking" -> {
                thoughts++;
                unsigned += isSigned(block) ? 0 : 1;
            }
            default -> {}
        }
    }

    private static boolean isResult(JsonNode message) {
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asText().equals("tool_result")) {
                return true;
            }
        }
        return false;
    }

    /** Whether it may be the model's own words: only the model's server can say whether it is. */
    private static boolean isSigned(JsonNode block) {
        String signature = block.path("signature").asText();
        return BASE64.matcher(signature).matches()
                && !block.path("thinking").asText().contains(Placeholder.START);
    }

    long told() {
        return told;
    }

    /** How many the next request will have, about. */
    long tokens() {
        return contextTokens + sinceContext / BYTES_A_TOKEN;
    }

    List<CheckFinding> findings() {
        List<CheckFinding> findings = new ArrayList<>(List.of(toolCalls(), signatures(), size()));
        if (unreadable > 0) {
            findings.add(CheckFinding.remark(
                    "lines", unreadable + " messages cannot be read and are missing when it is resumed"));
        }
        if (schedules > 0) {
            findings.add(CheckFinding.remark(
                    "actions", schedules + " scheduled tasks were set up in it; some versions go on with them"));
        }
        return findings;
    }

    private CheckFinding toolCalls() {
        if (strayResults > 0) {
            return CheckFinding.remark(
                    "tool calls",
                    strayResults + " results without a call: from 2.1.100 on Claude Code leaves them out; before, the"
                            + " model's server refuses them");
        }
        if (closedLate > 0) {
            return CheckFinding.remark(
                    "tool calls",
                    closedLate + " of " + calls
                            + " calls were gone on from without a result: Claude Code leaves them out");
        }
        return openCalls.isEmpty()
                ? CheckFinding.fine("tool calls", "all " + calls + " have their results")
                : CheckFinding.remark(
                        "tool calls",
                        "the last one has no result yet: it is resumed as interrupted, and not run again");
    }

    private CheckFinding signatures() {
        return unsigned == 0
                ? CheckFinding.fine("signatures", thoughts + " thoughts of the model, none visibly changed")
                : CheckFinding.remark(
                        "signatures",
                        unsigned + " of " + thoughts + " thoughts of the model were changed or lack their signature:"
                                + " from 2.1.197 on Claude Code leaves thoughts out after one refused request; before,"
                                + " it stops");
    }

    private CheckFinding size() {
        return tokens() > USUAL_CONTEXT
                ? CheckFinding.remark(
                        "tokens",
                        "about " + tokens() + ", more than the usual " + USUAL_CONTEXT
                                + ": a model with less room has the conversation compacted first")
                : CheckFinding.fine("tokens", "about " + tokens());
    }
}
