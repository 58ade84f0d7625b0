package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.Amount;
import dev.sessionrelay.bundle.Manifest;
import dev.sessionrelay.flow.Library;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists the sessions in a store, the newest save first.",
        footerHeading = "%nExamples:%n",
        footer = {"  session-relay list", "  session-relay list --key pr-12 --json"})
final class ListCommand implements Callable<Integer> {
    private final World world;

    @Mixin
    private final Where.There there = new Where.There();

    @Option(names = "--key", paramLabel = "<key>", description = "Only sessions that were last saved under this key.")
    private @Nullable String key;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    ListCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        SessionStore store = there.open(world, world.workingFolder());
        SessionStore.Listing listing = new Library(store).list();
        List<StoredSession> sessions = listing.sessions().stream()
                .filter(session -> key == null || session.manifest().key().equals(Optional.of(key)))
                .toList();
        listing.problems().forEach(problem -> world.err().println("note: " + problem));
        if (json) {
            printJson(sessions, listing.problems());
        } else if (sessions.isEmpty()) {
            world.err().println(store.name() + " holds no sessions" + (key == null ? "" : " for key " + key));
        } else {
            sessions.forEach(this::print);
        }
        return 0;
    }

    private void printJson(List<StoredSession> sessions, List<String> problems) {
        ObjectNode answer = Json.success();
        ArrayNode list = answer.putArray("sessions");
        sessions.forEach(session -> Json.describe(session, list.addObject()));
        ArrayNode told = answer.putArray("problems");
        problems.forEach(told::add);
        world.out().println(answer);
    }

    private void print(StoredSession session) {
        Manifest manifest = session.manifest();
        world.out()
                .println(manifest.sessionId() + "  "
                        + manifest.origin().savedAt().toString().replaceFirst("\\.\\d+", "") + "  "
                        + Words.key(manifest) + "  "
                        + (manifest.isClosed()
                                ? "sealed"
                                : Words.count(manifest.facts().turns(), "turn")) + "  "
                        + Amount.ofBytes(manifest.size())
                        + manifest.facts()
                                .title()
                                .map(title -> "  \"" + title + "\"")
                                .orElse(""));
        world.out().println("  " + session.ref());
    }
}
