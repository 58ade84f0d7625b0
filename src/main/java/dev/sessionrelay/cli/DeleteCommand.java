package dev.sessionrelay.cli;

import dev.sessionrelay.flow.Library;
import dev.sessionrelay.store.StoredSession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Removes a session from its store. What Claude Code has on this machine is left alone.",
        footerHeading = "%nExamples:%n",
        footer = {"  session-relay delete folder:/mnt/sessions/7c53d351-013c-4308-a705-3cc3387680a2"})
final class DeleteCommand implements Callable<Integer> {
    private final World world;

    @Mixin
    private final Which which = new Which();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    DeleteCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Which.Chosen chosen = which.choose(world, world.workingFolder(), false);
        StoredSession deleted = new Library(chosen.store()).delete(chosen.query());
        if (json) {
            world.out().println(Json.describe(deleted, Json.success()));
        } else {
            world.out().println("deleted " + deleted.ref());
        }
        return 0;
    }
}
