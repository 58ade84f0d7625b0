package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.relay.StoredSessions;
import dev.sessionrelay.store.KeepsHistory.Past;
import dev.sessionrelay.text.HumanSize;
import java.util.List;

final class HistoryCommand {
    private final Command verb = new Command(
                    "Lists the saves of a session that its store still has. Each has a ref that `restore` takes.",
                    this::call)
            .examples("  session-relay history --store git --key pr-12");

    private final CliContext world;

    private final SessionSelection which = new SessionSelection(verb);

    private final Command.Flag json = verb.flag("--json", "Print one JSON object.");

    HistoryCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() {
        SessionSelection.SelectedSession chosen = which.choose(world, world.workingFolder(), true);
        List<Past> saves = new StoredSessions(chosen.store()).history(chosen.query());
        if (json.isGiven()) {
            printJson(saves);
        } else {
            saves.forEach(this::print);
        }
        return 0;
    }

    private void print(Past save) {
        world.out()
                .println(save.at() + "  "
                        + save.turns().map(turns -> Format.count(turns, "turn")).orElse("-") + "  "
                        + save.bytes().map(HumanSize::ofBytes).orElse("-") + "  " + save.summary());
        world.out().println("  " + save.ref());
    }

    private void printJson(List<Past> saves) {
        ObjectNode answer = JsonOutput.success();
        ArrayNode list = answer.putArray("saves");
        for (Past save : saves) {
            ObjectNode node = list.addObject();
            node.put("ref", save.ref().toString());
            node.put("saved_at", save.at().toString());
            save.turns().ifPresent(turns -> node.put("turns", turns));
            save.bytes().ifPresent(bytes -> node.put("bytes", bytes));
            node.put("summary", save.summary());
        }
        world.out().println(JsonTree.printableText(answer));
    }
}
