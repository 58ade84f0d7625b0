package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.JsonTree;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.flow.Library;
import dev.sessionrelay.store.Key;

final class DeleteCommand {
    private final Verb verb = new Verb(
                    "Removes a session from its store. What Claude Code has on this machine is left alone.", this::call)
            .examples("  session-relay delete folder:/mnt/sessions/7c53d351-013c-4308-a705-3cc3387680a2");

    private final World world;

    private final Which which = new Which(verb);

    private final Verb.Flag all =
            verb.flag("--all", "With --key: remove all sessions of the key, not its latest alone.");

    private final Verb.Flag json = verb.flag("--json", "Print one JSON object, or one a session with --all.");

    DeleteCommand(World world) {
        this.world = world;
    }

    Verb verb() {
        return verb;
    }

    private int call() {
        if (all.isGiven()) {
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
        if (json.isGiven()) {
            ObjectNode answer = Json.success();
            deleted.session()
                    .ifPresentOrElse(
                            session -> Json.describe(session, answer),
                            () -> answer.put("ref", deleted.ref().toString()));
            world.out().println(JsonTree.printableText(answer));
        } else {
            world.out().println("deleted " + deleted.ref());
        }
    }
}
