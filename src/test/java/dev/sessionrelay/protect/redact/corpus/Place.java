package dev.sessionrelay.protect.redact.corpus;

import static dev.sessionrelay.protect.redact.corpus.Records.answer;
import static dev.sessionrelay.protect.redact.corpus.Records.attachment;
import static dev.sessionrelay.protect.redact.corpus.Records.line;
import static dev.sessionrelay.protect.redact.corpus.Records.numbered;
import static dev.sessionrelay.protect.redact.corpus.Records.prompt;
import static dev.sessionrelay.protect.redact.corpus.Records.quoted;
import static dev.sessionrelay.protect.redact.corpus.Records.result;
import static dev.sessionrelay.protect.redact.corpus.Records.use;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The places of a session where a text can stand, each as the session that has it there. */
@SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
enum Place {
    PROMPT(text -> line(prompt(text))),
    PROMPT_BLOCKS(text -> {
        ObjectNode prompt = prompt("");
        ((ObjectNode) prompt.get("message"))
                .putArray("content")
                .add(Records.block("text").put("text", "Please look at this:\n" + text));
        return line(prompt);
    }),
    ANSWER(text -> line(answer(Records.block("text").put("text", "I found it:\n\n```\n" + text + "\n```\nDone.")))),
    THINKING(text -> line(answer(Records.block("thinking").put("thinking", text).put("signature", "c2ln")))),
    BASH_INPUT(text -> line(use("Bash", "command", text))),
    WRITE_INPUT(text -> line(use("Write", "content", text + "\n"))),
    EDIT_INPUT(text -> {
        ObjectNode edit = use("Edit", "old_string", "nothing");
        ((ObjectNode) edit.at("/message/content/0/input")).put("new_string", text);
        return line(edit);
    }),
    RESULT_TEXT(text -> line(result(text))),
    RESULT_BLOCKS(text -> {
        ObjectNode result = result("");
        ((ObjectNode) result.at("/message/content/0"))
                .putArray("content")
                .add(Records.block("text").put("text", text));
        return line(result);
    }),
    STDOUT(text -> {
        ObjectNode result = result("ok");
        result.putObject("toolUseResult").put("stdout", "ready\n" + text + "\n").put("stderr", "");
        return line(result);
    }),
    STDERR(text -> {
        ObjectNode result = result("ok");
        result.putObject("toolUseResult").put("stdout", "").put("stderr", "warning: unused\n" + text);
        return line(result);
    }),
    READ(text -> {
        ObjectNode result = result(numbered("first line\n" + text + "\nlast line", "\t"));
        ObjectNode read = result.putObject("toolUseResult").put("type", "text");
        read.putObject("file").put("filePath", "/work/x").put("content", "first line\n" + text + "\nlast line");
        return line(result);
    }),
    READ_ARROW(text -> line(result(numbered(text, "→")))),
    PATCH(text -> {
        ObjectNode result = result("The file was updated.");
        ArrayNode lines = result.putObject("toolUseResult")
                .putArray("structuredPatch")
                .addObject()
                .put("oldStart", 3)
                .putArray("lines");
        lines.add(" before");
        text.lines().forEach(one -> lines.add("+" + one));
        lines.add(" after");
        return line(result);
    }),
    DIFF(text -> line(result("@@ -1,2 +1,9 @@\n before\n" + text.replaceAll("(?m)^", "-") + "\n after"))),
    QUEUE(text -> line(Records.of("queue-operation").put("operation", "enqueue").put("content", text))),
    LAST_PROMPT(text ->
            line(prompt("Do this: " + text)) + line(Records.of("last-prompt").put("lastPrompt", cut(text)))),
    ATTACHMENT(text -> line(attachment("instructions", text))),
    SUMMARY(text -> line(Records.of("summary").put("summary", "Looked at " + text))),
    COMPACTED(
            text -> line(prompt("This session continues. Summary:\n1. " + text).put("isCompactSummary", true))),
    SYSTEM(text -> line(Records.of("system").put("subtype", "local_command").put("content", text))),
    SUBAGENT(
            text -> line(prompt(text).put("isSidechain", true).put("agentId", "a802d9ff")),
            "subagents/agent-a802d9ff.jsonl"),
    TOOL_RESULTS(text -> "some output\n" + text + "\nmore\n", "tool-results/b1e1wr91f.txt"),
    JSON_IN_JSON(text -> line(result("{\"log\": " + quoted("{\"out\": " + quoted(text) + "}") + "}"))),
    JSON_KEY(text -> {
        ObjectNode use = use("mcp__store__put", "mode", "x");
        ((ObjectNode) use.at("/message/content/0/input")).putObject("items").put(text, 1);
        return line(use);
    }),
    SOURCE_DATA(text -> {
        ObjectNode prompt = prompt("");
        ObjectNode document = Records.block("document");
        document.putObject("source")
                .put("type", "base64")
                .put("media_type", "text/plain")
                .put("data", base64(text));
        ((ObjectNode) prompt.get("message")).putArray("content").add(document);
        return line(prompt);
    }),
    FILE_BASE64(text -> {
        ObjectNode result = result("read");
        result.putObject("toolUseResult")
                .putObject("file")
                .put("type", "text/plain")
                .put("base64", base64(text));
        return line(result);
    }),
    CRLF(text -> line(result(("first\n" + text + "\nlast\n").replace("\n", "\r\n")))),
    HEREDOC(text -> line(use("Bash", "command", "cat > /tmp/x <<'EOF'\n" + text + "\nEOF\nchmod 600 /tmp/x"))),
    TRACE(text -> line(result("+ cd /work\n" + text.replaceAll("(?m)^", "+ ") + "\n++ date +%s"))),
    BRANCH(text -> line(prompt("hello").put("gitBranch", text))),
    UNKNOWN_RECORD(text -> {
        ObjectNode record = Records.of("frame-link-2");
        record.putObject("payload").putArray("parts").addObject().put("v", text);
        return line(record);
    });

    private static final String TRANSCRIPT = "transcript.jsonl";

    private final UnaryOperator<String> session;
    private final String entry;

    Place(UnaryOperator<String> session) {
        this(session, TRANSCRIPT);
    }

    Place(UnaryOperator<String> session, String entry) {
        this.session = session;
        this.entry = entry;
    }

    /** From the entry's name to its text. */
    Map<String, String> session(String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        if (!entry.equals(TRANSCRIPT)) {
            entries.put(TRANSCRIPT, line(prompt("hello")));
        }
        entries.put(entry, session.apply(text));
        return entries;
    }

    /** So that it ends within the text, as the 200 characters do that Claude Code keeps of a prompt. */
    private static String cut(String text) {
        String all = "Do this: " + text;
        return all.substring(0, Math.min(200, Math.max(12, all.length() - 5)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
