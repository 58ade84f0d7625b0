package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.relay.StoredSessions;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Statement;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.text.HumanSize;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.TranscriptFacts;
import dev.sessionrelay.transcript.TranscriptSummary;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

final class ShowCommand {
    private final Command verb = new Command("Shows what a stored session is about, without restoring it.", this::call)
            .examples("  session-relay show --key pr-12");

    private final CliContext world;

    private final SessionSelection which = new SessionSelection(verb);

    private final Command.Flag statement =
            verb.flag("--statement", "Print the lines that a signature of it is made of, and nothing else.");

    private final Command.Flag signature = verb.flag("--signature", "Print its signature, and nothing else.");

    private final Command.Flag json = verb.flag("--json", "Print one JSON object.");

    ShowCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() {
        SessionSelection.SelectedSession chosen = which.choose(world, world.workingFolder(), true);
        StoredSessions library = new StoredSessions(chosen.store());
        if (statement.isGiven()) {
            world.out()
                    .print(Statement.of(library.find(chosen.query()).manifest()).text());
            return 0;
        }
        if (signature.isGiven()) {
            printSignature(library.find(chosen.query()));
            return 0;
        }
        StoredSessions.Shown shown = library.show(chosen.query());
        if (json.isGiven()) {
            printJson(shown);
        } else {
            print(shown);
        }
        return 0;
    }

    private void printSignature(StoredSession session) {
        String text = session.manifest()
                .signature()
                .orElseThrow(() -> Failure.nothingFound(session.ref() + " is not signed", "save it with --sign-key"));
        text.lines().forEach(line -> world.out().println(SafeText.of(line, 400)));
    }

    private void printJson(StoredSessions.Shown shown) {
        TranscriptSummary summary = shown.summary();
        ObjectNode answer = JsonOutput.describe(shown.session(), JsonOutput.success());
        answer.put("first_prompt", summary.firstPrompt().orElse(null));
        answer.put("last_prompt", summary.lastPrompt().orElse(null));
        answer.put("model", summary.model().orElse(null));
        ObjectNode tools = answer.putObject("tools");
        new TreeMap<>(summary.tools()).forEach(tools::put);
        answer.put("context_tokens", summary.contextTokens());
        answer.put("written_tokens", summary.writtenTokens());
        answer.put("files", shown.session().manifest().entries().size());
        world.out().println(JsonTree.printableText(answer));
    }

    private void print(StoredSessions.Shown shown) {
        Manifest manifest = shown.session().manifest();
        TranscriptFacts facts = manifest.facts();
        TranscriptSummary summary = shown.summary();
        line("session", Optional.of(manifest.sessionId().text()));
        line("title", facts.title());
        line("key", manifest.key());
        line("ref", Optional.of(shown.session().ref().toString()));
        line("turns", Optional.of(String.valueOf(facts.turns())));
        line("first prompt", summary.firstPrompt());
        line("last prompt", summary.lastPrompt());
        line(
                "tools",
                Optional.of(new TreeMap<>(summary.tools())
                                .entrySet().stream()
                                        .map(tool -> tool.getKey() + " " + tool.getValue())
                                        .collect(Collectors.joining(", ")))
                        .filter(tools -> !tools.isEmpty()));
        line(
                "tokens",
                Optional.of(summary.contextTokens() + " read for the last answer, " + summary.writtenTokens()
                        + " written in all"));
        line(
                "size",
                Optional.of(HumanSize.ofBytes(manifest.size()) + " in "
                        + Format.count(manifest.entries().size(), "file")));
        line(
                "recorded",
                facts.firstAt()
                        .map(at -> at + facts.firstFolder().map(f -> " in " + f).orElse("")));
        line("sealed to", manifest.seal().map(seal -> String.join(", ", seal.to())));
        line("last record", facts.lastAt());
        line("branch", facts.lastBranch());
        line("model", summary.model());
        line("claude", facts.claudeVersion());
        line(
                "saved",
                Optional.of(
                        manifest.origin().savedAt() + " (" + manifest.origin().source() + ")"));
    }

    private void line(String what, Optional<String> value) {
        value.ifPresent(text -> world.out().printf("%-13s %s%n", what, SafeText.of(text, 400)));
    }
}
