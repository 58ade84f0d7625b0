package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.protect.redact.SecretReport;
import dev.sessionrelay.session.EntryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class ScanCommand {
    private final Command verb = new Command(
                    "Says which secrets are in a transcript or another file, and where; never what they are.",
                    this::call)
            .examples(
                    "  session-relay scan"
                            + " ~/.claude/projects/-home-you-project/7c53d351-013c-4308-a705-3cc3387680a2.jsonl",
                    "  session-relay scan output.txt --fail-on-secrets");

    private final CliContext world;

    private final LocalOptions.Here here = new LocalOptions.Here(verb);

    private final Command.Needed<Path> file =
            verb.neededPath("<file>", "A transcript (.jsonl), or a file of plain text.");

    private final Command.Flag fail = verb.flag("--fail-on-secrets", "End with exit code 3 when there is any secret.");

    private final Command.Flag json = verb.flag("--json", "Print one JSON object.");

    ScanCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() {
        Path path = world.workingFolder().resolve(file.value());
        if (!Files.isRegularFile(path)) {
            throw Failure.badInput(file.value() + " is no file", "name a transcript, or a file of plain text");
        }
        SecretReport report = new SecretReport();
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
            ObjectNode answer = JsonOutput.success();
            SecretsFound.describe(report, answer);
            world.out().println(JsonTree.printableText(answer));
        } else {
            SecretsFound.printPlaces(report, world.out());
            world.err().println(Format.count(report.count(), "secret") + " in " + name);
        }
        return (fail.isGiven() && !report.isEmpty() ? ExitCode.NOT_ALLOWED : ExitCode.DONE).number();
    }
}
