package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.relay.StoredSessions;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.text.HumanSize;
import java.util.List;

final class ListCommand {
    private final Command verb = new Command("Lists the sessions in a store, the newest save first.", this::call)
            .examples("  session-relay list", "  session-relay list --key pr-12 --json");

    private final CliContext world;

    private final LocalOptions.There there = new LocalOptions.There(verb);

    private final Command.Given<String> key =
            verb.text("--key", "<key>", "Only sessions that were last saved under this key.");

    private final Command.Flag json = verb.flag("--json", "Print one JSON object.");

    ListCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() {
        SessionStore store = there.open(world, world.workingFolder());
        SessionStore.Listing listing = new StoredSessions(store).list();
        List<StoredSession> sessions = listing.sessions().stream()
                .filter(session -> !key.isGiven() || session.manifest().key().equals(key.value()))
                .toList();
        listing.problems().forEach(problem -> world.err().println("note: " + problem));
        if (json.isGiven()) {
            printJson(sessions, listing.problems());
        } else if (sessions.isEmpty()) {
            world.err()
                    .println(store.name() + " holds no sessions"
                            + key.value().map(name -> " for key " + name).orElse(""));
        } else {
            sessions.forEach(this::print);
        }
        return 0;
    }

    private void printJson(List<StoredSession> sessions, List<String> problems) {
        ObjectNode answer = JsonOutput.success();
        ArrayNode list = answer.putArray("sessions");
        sessions.forEach(session -> JsonOutput.describe(session, list.addObject()));
        ArrayNode told = answer.putArray("problems");
        problems.forEach(told::add);
        world.out().println(JsonTree.printableText(answer));
    }

    private void print(StoredSession session) {
        Manifest manifest = session.manifest();
        world.out()
                .println(manifest.sessionId() + "  "
                        + manifest.origin().savedAt().toString().replaceFirst("\\.\\d+", "") + "  "
                        + Format.key(manifest) + "  "
                        + (manifest.isClosed()
                                ? "sealed"
                                : Format.count(manifest.facts().turns(), "turn")) + "  "
                        + HumanSize.ofBytes(manifest.size())
                        + manifest.facts()
                                .title()
                                .map(title -> "  \"" + title + "\"")
                                .orElse(""));
        world.out().println("  " + session.ref());
    }
}
