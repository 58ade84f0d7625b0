package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.FilePayload;
import dev.sessionrelay.bundle.JsonTree;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.prepare.redact.Redaction;
import dev.sessionrelay.prepare.redact.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class ScanCommand {
    private final Verb verb = new Verb(
                    "Says which secrets are in a transcript or another file, and where; never what they are.",
                    this::call)
            .examples(
                    "  session-relay scan"
                            + " ~/.claude/projects/-home-you-project/7c53d351-013c-4308-a705-3cc3387680a2.jsonl",
                    "  session-relay scan output.txt --fail-on-secrets");

    private final World world;

    private final Where.Here here = new Where.Here(verb);

    private final Verb.Needed<Path> file = verb.neededPath("<file>", "A transcript (.jsonl), or a file of plain text.");

    private final Verb.Flag fail = verb.flag("--fail-on-secrets", "End with exit code 3 when there is any secret.");

    private final Verb.Flag json = verb.flag("--json", "Print one JSON object.");

    ScanCommand(World world) {
        this.world = world;
    }

    Verb verb() {
        return verb;
    }

    private int call() {
        Path path = world.workingFolder().resolve(file.value());
        if (!Files.isRegularFile(path)) {
            throw Failure.badInput(file.value() + " is no file", "name a transcript, or a file of plain text");
        }
        Report report = new Report();
        Redaction redaction = RedactOptions.looking(world, here.workingFolder(world), Redaction.Mode.REPORT);
        String name = String.valueOf(path.getFileName());
        try {
            redaction.of(new EntryName(name), FilePayload.of(path.toRealPath()), report);
        } catch (IOException e) {
            throw Failure.ofDisk("scan", path, e);
        } catch (IllegalArgumentException e) {
            throw Failure.badInput(String.valueOf(e.getMessage()), "give the file another name");
        }
        if (json.isGiven()) {
            ObjectNode answer = Json.success();
            SecretsFound.describe(report, answer);
            world.out().println(JsonTree.printableText(answer));
        } else {
            SecretsFound.printPlaces(report, world.out());
            world.err().println(Words.count(report.count(), "secret") + " in " + name);
        }
        return (fail.isGiven() && !report.isEmpty() ? ExitCode.NOT_ALLOWED : ExitCode.DONE).number();
    }
}
