package dev.sessionrelay.cli;

/** The verbs about plans. */
final class PlanCommand {
    private final Command verb;

    PlanCommand(CliContext world) {
        verb = new Command(
                        "The sessions of a plan that is kept in an issue, as erk keeps them. All answers are JSON.",
                        this::call)
                .examples(
                        "  session-relay plan sources 4991",
                        "  session-relay plan download --gist-url <url> --session-id <uuid>",
                        "  session-relay plan upload --session-id <uuid> --issue-number 4991")
                .with("upload", new PlanUploadCommand(world).verb())
                .with("download", new PlanDownloadCommand(world).verb())
                .with("sources", new PlanSourcesCommand(world).verb());
    }

    Command verb() {
        return verb;
    }

    private int call() {
        throw verb.incomplete("which of them? Try upload, download or sources");
    }
}
