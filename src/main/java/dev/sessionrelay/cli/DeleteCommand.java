package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.flow.Library;
import dev.sessionrelay.store.Key;
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

    @Option(names = "--all", description = "With --key: remove all sessions of the key, not its latest alone.")
    private boolean all;

    @Option(names = "--json", description = "Print one JSON object, or one a session with --all.")
    private boolean json;

    DeleteCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        if (all) {
            Key key = which.onlyKey()
                    .orElseThrow(
                            () -> Failure.badInput("--all of what?", "give --key, and no ref and no --session-id"));
            new Library(which.store(world, world.workingFolder()))
                    .deleteAll(key)
                    .forEach(this::print);
            return 0;
        }
        Which.Chosen chosen = which.choose(world, world.workingFolder(), false);
        print(new Library(chosen.store()).delete(chosen.query()));
        return 0;
    }

    private void print(Library.Deleted deleted) {
        if (json) {
            ObjectNode success = Json.success();
            world.out()
                    .println(deleted.session()
                            .map(session -> Json.describe(session, success))
                            .orElseGet(() -> success.put("ref", deleted.ref().toString())));
        } else {
            world.out().println("deleted " + deleted.ref());
        }
    }
}
