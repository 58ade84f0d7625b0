package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.relay.Move;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import java.nio.file.Path;
import java.util.Optional;

final class MoveCommand {
    private final Command verb = new Command(
                    "Carries a stored session to another store, reads it back there, and removes the first copy.",
                    this::call)
            .examples(
                    "  session-relay move gist:506a8bae90d090d89a6e7257f097e351 git --key pr-12",
                    "  session-relay move artifact:owner/name#12345678/<session id> git --layout erk"
                            + " --plan-issue 4991");

    private final CliContext world;

    private final Command.Needed<String> ref =
            verb.neededArgument(0, "<ref>", "What `save` and `list` print for a session.");

    private final Command.Needed<String> store =
            verb.neededArgument(1, "<store>", "Where it is to be kept, as --store says it.");

    private final StoreOptions options = new StoreOptions(verb);

    private final Command.Given<String> key =
            verb.text("--key", "<key>", "The thread it is to belong to (default: its own).");

    private final Command.Flag keep = verb.flag("--keep", "Leave the first copy where it is.");

    private final Command.Flag json = verb.flag("--json", "Print one JSON object.");

    MoveCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() {
        Path folder = world.workingFolder();
        Ref parsed = Ref.parse(ref.value());
        SessionStore from = LocalOptions.There.openFor(parsed, world, folder, options);
        SessionStore to = LocalOptions.There.open(store.value(), world, folder, options);
        Optional<Key> thread =
                key.value().map(Key::new).or(() -> options.plan().map(plan -> new Key("plan-" + plan.number())));
        Move.MoveReceipt moved =
                Move.run(new Move.MoveRequest(new Query.ByRef(parsed), thread, keep.isGiven()), from, to);
        if (json.isGiven()) {
            ObjectNode answer = JsonOutput.describe(moved.to(), JsonOutput.success());
            answer.put("from", moved.from().ref().toString());
            answer.put("removed", moved.removed());
            answer.put("bytes_written", moved.bytesWritten());
            world.out().println(JsonTree.printableText(answer));
        } else {
            world.out()
                    .println("moved " + moved.from().ref() + " to " + moved.to().ref()
                            + (moved.removed() ? "" : "; the first copy is still there"));
        }
        return 0;
    }
}
