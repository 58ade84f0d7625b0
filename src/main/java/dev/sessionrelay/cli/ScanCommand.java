package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.FilePayload;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.prepare.redact.Redaction;
import dev.sessionrelay.prepare.redact.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Says which secrets are in a transcript or another file, and where; never what they are.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  session-relay scan ~/.claude/projects/-home-you-project/7c53d351-013c-4308-a705-3cc3387680a2.jsonl",
            "  session-relay scan output.txt --fail-on-secrets"
        })
final class ScanCommand implements Callable<Integer> {
    private final World world;

    @Mixin
    private final Where.Here here = new Where.Here();

    @Parameters(paramLabel = "<file>", description = "A transcript (.jsonl), or a file of plain text.")
    private Path file = Path.of("");

    @Option(names = "--fail-on-secrets", description = "End with exit code 3 when there is any secret.")
    private boolean fail;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ScanCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Path path = world.workingFolder().resolve(file);
        if (!Files.isRegularFile(path)) {
            throw Failure.badInput(file + " is no file", "name a transcript, or a file of plain text");
        }
        Report report = new Report();
        Redaction redaction = RedactOptions.looking(world, here.workingFolder(world), Redaction.Mode.REPORT);
        String name = String.valueOf(path.getFileName());
        try {
            redaction.of(new EntryName(name), FilePayload.of(path), report);
        } catch (IOException e) {
            throw Failure.ofDisk("scan", path, e);
        } catch (IllegalArgumentException e) {
            throw Failure.badInput(String.valueOf(e.getMessage()), "give the file another name");
        }
        if (json) {
            ObjectNode answer = Json.success();
            SecretsFound.describe(report, answer);
            world.out().println(answer);
        } else {
            SecretsFound.printPlaces(report, world.out());
            world.err().println(Words.count(report.count(), "secret") + " in " + name);
        }
        return (fail && !report.isEmpty() ? ExitCode.NOT_ALLOWED : ExitCode.DONE).number();
    }
}
