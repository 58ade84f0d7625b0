package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.Amount;
import dev.sessionrelay.bundle.Facts;
import dev.sessionrelay.bundle.JsonTree;
import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.bundle.Statement;
import dev.sessionrelay.claude.TranscriptSummary;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.flow.Library;
import dev.sessionrelay.store.StoredSession;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

final class ShowCommand {
    private final Verb verb = new Verb("Shows what a stored session is about, without restoring it.", this::call)
            .examples("  session-relay show --key pr-12");

    private final World world;

    private final Which which = new Which(verb);

    private final Verb.Flag statement =
            verb.flag("--statement", "Print the lines that a signature of it is made of, and nothing else.");

    private final Verb.Flag signature = verb.flag("--signature", "Print its signature, and nothing else.");

    private final Verb.Flag json = verb.flag("--json", "Print one JSON object.");

    ShowCommand(World world) {
        this.world = world;
    }

    Verb verb() {
        return verb;
    }

    private int call() {
        Which.Chosen chosen = which.choose(world, world.workingFolder(), true);
        Library library = new Library(chosen.store());
        if (statement.isGiven()) {
            world.out()
                    .print(Statement.of(library.find(chosen.query()).manifest()).text());
            return 0;
        }
        if (signature.isGiven()) {
            printSignature(library.find(chosen.query()));
            return 0;
        }
        Library.Shown shown = library.show(chosen.query());
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
        text.lines().forEach(line -> world.out().println(Printable.of(line, 400)));
    }

    private void printJson(Library.Shown shown) {
        TranscriptSummary summary = shown.summary();
        ObjectNode answer = Json.describe(shown.session(), Json.success());
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

    private void print(Library.Shown shown) {
        Manifest manifest = shown.session().manifest();
        Facts facts = manifest.facts();
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
                Optional.of(Amount.ofBytes(manifest.size()) + " in "
                        + Words.count(manifest.entries().size(), "file")));
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
        value.ifPresent(text -> world.out().printf("%-13s %s%n", what, Printable.of(text, 400)));
    }
}
