package dev.sessionrelay.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = PlanCommand.NAME,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "The sessions of a plan that is kept in an issue, as erk keeps them. All answers are JSON.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  session-relay plan sources 4991",
            "  session-relay plan download --gist-url <url> --session-id <uuid>",
            "  session-relay plan upload --session-id <uuid> --issue-number 4991"
        })
final class PlanCommand implements Runnable {
    static final String NAME = "plan";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    static List<Object> verbs(World world) {
        return List.of(new PlanUploadCommand(world), new PlanDownloadCommand(world), new PlanSourcesCommand(world));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which of them? Try upload, download or sources");
    }
}
