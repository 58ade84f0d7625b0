package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.relay.StoredSessions;
import dev.sessionrelay.store.Key;

final class DeleteCommand {
    private final Command verb = new Command(
                    "Removes a session from its store. What Claude Code has on this machine is left alone.", this::call)
            .examples("  session-relay delete folder:/mnt/sessions/7c53d351-013c-4308-a705-3cc3387680a2");

    private final CliContext world;

    private final SessionSelection which = new SessionSelection(verb);

    private final Command.Flag all =
            verb.flag("--all", "With --key: remove all sessions of the key, not its latest alone.");

    private final Command.Flag json = verb.flag("--json", "Print one JSON object, or one a session with --all.");

    DeleteCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() {
        if (all.isGiven()) {
            Key key = which.onlyKey()
                    .orElseThrow(
                            () -> Failure.badInput("--all of what?", "give --key, and no ref and no --session-id"));
            new StoredSessions(which.store(world, world.workingFolder()))
                    .deleteAll(key)
                    .forEach(this::print);
            return 0;
        }
        SessionSelection.SelectedSession chosen = which.choose(world, world.workingFolder(), false);
        print(new StoredSessions(chosen.store()).delete(chosen.query()));
        return 0;
    }

    private void print(StoredSessions.Deleted deleted) {
        if (json.isGiven()) {
            ObjectNode answer = JsonOutput.success();
            deleted.session()
                    .ifPresentOrElse(
                            session -> JsonOutput.describe(session, answer),
                            () -> answer.put("ref", deleted.ref().toString()));
            world.out().println(JsonTree.printableText(answer));
        } else {
            world.out().println("deleted " + deleted.ref());
        }
    }
}
