package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.Amount;
import dev.sessionrelay.bundle.JsonTree;
import dev.sessionrelay.flow.Library;
import dev.sessionrelay.store.KeepsHistory.Past;
import java.util.List;

final class HistoryCommand {
    private final Verb verb = new Verb(
                    "Lists the saves of a session that its store still has. Each has a ref that `restore` takes.",
                    this::call)
            .examples("  session-relay history --store git --key pr-12");

    private final World world;

    private final Which which = new Which(verb);

    private final Verb.Flag json = verb.flag("--json", "Print one JSON object.");

    HistoryCommand(World world) {
        this.world = world;
    }

    Verb verb() {
        return verb;
    }

    private int call() {
        Which.Chosen chosen = which.choose(world, world.workingFolder(), true);
        List<Past> saves = new Library(chosen.store()).history(chosen.query());
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
                        + save.turns().map(turns -> Words.count(turns, "turn")).orElse("-") + "  "
                        + save.bytes().map(Amount::ofBytes).orElse("-") + "  " + save.summary());
        world.out().println("  " + save.ref());
    }

    private void printJson(List<Past> saves) {
        ObjectNode answer = Json.success();
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
