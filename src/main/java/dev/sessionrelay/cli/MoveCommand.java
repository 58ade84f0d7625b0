package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.flow.Move;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "move",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Carries a stored session to another store, reads it back there, and removes the first copy.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  session-relay move gist:506a8bae90d090d89a6e7257f097e351 git --key pr-12",
            "  session-relay move artifact:owner/name#12345678/<session id> git --layout erk --plan-issue 4991"
        })
final class MoveCommand implements Callable<Integer> {
    private final World world;

    @Parameters(index = "0", paramLabel = "<ref>", description = "What `save` and `list` print for a session.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String ref;

    @Parameters(index = "1", paramLabel = "<store>", description = "Where it is to be kept, as --store says it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String store;

    @Mixin
    private final StoreOptions options = new StoreOptions();

    @Option(names = "--key", paramLabel = "<key>", description = "The thread it is to belong to (default: its own).")
    private @Nullable String key;

    @Option(names = "--keep", description = "Leave the first copy where it is.")
    private boolean keep;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    MoveCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Path folder = world.workingFolder();
        Ref parsed = Ref.parse(ref);
        SessionStore from = Where.There.openFor(parsed, world, folder, options);
        SessionStore to = Where.There.open(store, world, folder, options);
        Optional<Key> thread = Optional.ofNullable(key)
                .map(Key::new)
                .or(() -> options.plan().map(plan -> new Key("plan-" + plan.number())));
        Move.Receipt moved = Move.run(new Move.Request(new Query.ByRef(parsed), thread, keep), from, to);
        if (json) {
            ObjectNode answer = Json.describe(moved.to(), Json.success());
            answer.put("from", moved.from().ref().toString());
            answer.put("removed", moved.removed());
            answer.put("bytes_written", moved.bytesWritten());
            world.out().println(answer);
        } else {
            world.out()
                    .println("moved " + moved.from().ref() + " to " + moved.to().ref()
                            + (moved.removed() ? "" : "; the first copy is still there"));
        }
        return 0;
    }
}
