package dev.sessionrelay.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
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
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    static CommandLine in(World world) {
        return new CommandLine(new PlanCommand())
                .addSubcommand(new PlanUploadCommand(world))
                .addSubcommand(new PlanDownloadCommand(world))
                .addSubcommand(new PlanSourcesCommand(world));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which of them? Try upload, download or sources");
    }
}
