package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.Amount;
import dev.sessionrelay.claude.Candidate;
import dev.sessionrelay.claude.Discovery;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "find",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints the id of the session that `save` would take, and nothing else.",
        footerHeading = "%nExamples:%n",
        footer = {"  claude --resume \"$(session-relay find)\"", "  session-relay find --branch main --explain"})
final class FindCommand implements Callable<Integer> {
    private final World world;

    @Mixin
    private final Where.Here here = new Where.Here();

    @Option(names = "--branch", paramLabel = "<name>", description = "Only a session of this git branch.")
    private @Nullable String branch;

    @Option(names = "--explain", description = "Say on stderr which sessions were looked at, and why this one.")
    private boolean explain;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    FindCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        Discovery discovery = new Discovery(here.claudeHome(world));
        Path folder = here.workingFolder(world);
        List<Candidate> candidates = discovery.candidates(folder, Optional.ofNullable(branch));
        if (explain) {
            explain(candidates, folder);
        }
        Candidate newest = discovery.newest(folder, Optional.ofNullable(branch));
        if (json) {
            printJson(newest, candidates);
        } else {
            world.out().println(newest.id());
        }
        return 0;
    }

    private void explain(List<Candidate> candidates, Path folder) {
        world.err().println(Words.count(candidates.size(), "session") + " for " + folder + ", newest first:");
        boolean taken = false;
        for (Candidate candidate : candidates) {
            String mark = candidate.fits() && !taken ? "->" : "  ";
            taken |= candidate.fits();
            world.err()
                    .println(mark + " " + candidate.id() + "  " + candidate.newest() + "  "
                            + Amount.ofBytes(candidate.size())
                            + candidate
                                    .facts()
                                    .title()
                                    .map(t -> "  \"" + t + "\"")
                                    .orElse("") + "  "
                            + candidate.verdict());
        }
    }

    private void printJson(Candidate newest, List<Candidate> candidates) {
        ObjectNode answer = Json.success();
        answer.put("session_id", newest.id().text());
        answer.put("session_file", newest.transcript().toString());
        answer.put("last_at", newest.newest().toString());
        answer.put("title", newest.facts().title().orElse(null));
        ArrayNode all = answer.putArray("candidates");
        for (Candidate candidate : candidates) {
            all.addObject()
                    .put("session_id", candidate.id().text())
                    .put("session_file", candidate.transcript().toString())
                    .put("last_at", candidate.newest().toString())
                    .put("bytes", candidate.size())
                    .put("fits", candidate.fits())
                    .put("verdict", candidate.verdict());
        }
        world.out().println(answer);
    }
}
