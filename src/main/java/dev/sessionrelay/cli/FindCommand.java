package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.agent.claude.Candidate;
import dev.sessionrelay.agent.claude.Discovery;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.text.HumanSize;
import java.nio.file.Path;
import java.util.List;

final class FindCommand {
    private final Command verb = new Command(
                    "Prints the id of the session that `save` would take, and nothing else.", this::call)
            .examples("  claude --resume \"$(session-relay find)\"", "  session-relay find --branch main --explain");

    private final CliContext world;

    private final LocalOptions.Here here = new LocalOptions.Here(verb);

    private final Command.Given<String> branch = verb.text("--branch", "<name>", "Only a session of this git branch.");

    private final Command.Flag explain =
            verb.flag("--explain", "Say on stderr which sessions were looked at, and why this one.");

    private final Command.Flag json = verb.flag("--json", "Print one JSON object.");

    FindCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() {
        Discovery discovery = new Discovery(here.claudeHome(world));
        Path folder = here.workingFolder(world);
        List<Candidate> candidates = discovery.candidates(folder, branch.value());
        if (explain.isGiven()) {
            explain(candidates, folder);
        }
        Candidate newest = discovery.newest(folder, branch.value());
        if (json.isGiven()) {
            printJson(newest, candidates);
        } else {
            world.out().println(newest.id());
        }
        return 0;
    }

    private void explain(List<Candidate> candidates, Path folder) {
        Redaction shown = RedactOptions.forShowing(world);
        world.err().println(Format.count(candidates.size(), "session") + " for " + folder + ", newest first:");
        boolean taken = false;
        for (Candidate candidate : candidates) {
            String mark = candidate.fits() && !taken ? "->" : "  ";
            taken |= candidate.fits();
            world.err()
                    .println(mark + " " + candidate.id() + "  " + candidate.newest() + "  "
                            + HumanSize.ofBytes(candidate.size())
                            + candidate
                                    .facts()
                                    .title()
                                    .map(shown::text)
                                    .map(t -> "  \"" + t + "\"")
                                    .orElse("") + "  "
                            + candidate.verdict());
        }
    }

    private void printJson(Candidate newest, List<Candidate> candidates) {
        ObjectNode answer = JsonOutput.success();
        answer.put("session_id", newest.id().text());
        answer.put("session_file", newest.transcript().toString());
        answer.put("last_at", newest.newest().toString());
        answer.put(
                "title",
                newest.facts()
                        .title()
                        .map(RedactOptions.forShowing(world)::text)
                        .orElse(null));
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
        world.out().println(JsonTree.printableText(answer));
    }
}
