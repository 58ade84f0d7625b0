package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.Amount;
import dev.sessionrelay.flow.Library;
import dev.sessionrelay.store.KeepsHistory.Past;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists the saves of a session that its store still has. Each has a ref that `restore` takes.",
        footerHeading = "%nExamples:%n",
        footer = {"  session-relay history --store git --key pr-12"})
final class HistoryCommand implements Callable<Integer> {
    private final World world;

    @Mixin
    private final Which which = new Which();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    HistoryCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Which.Chosen chosen = which.choose(world, world.workingFolder(), true);
        List<Past> saves = new Library(chosen.store()).history(chosen.query());
        if (json) {
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
        world.out().println(answer);
    }
}
