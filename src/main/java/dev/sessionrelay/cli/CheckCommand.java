package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.JsonTree;
import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.claude.Checkup;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.flow.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

final class CheckCommand {
    private final Verb verb = new Verb(
                    "Says whether a session will resume: a stored one, or a transcript on this machine.", this::call)
            .examples(
                    "  session-relay check --key pr-12",
                    "  session-relay check"
                            + " ~/.claude/projects/-home-dev-app/7c53d351-013c-4308-a705-3cc3387680a2.jsonl");

    private final World world;

    private final Where.Here here = new Where.Here(verb);

    private final Which which = new Which(verb);

    private final Verb.Flag json = verb.flag("--json", "Print one JSON object.");

    CheckCommand(World world) {
        this.world = world;
    }

    Verb verb() {
        return verb;
    }

    private int call() {
        Path folder = here.workingFolder(world);
        Check check = new Check(here.claudeHome(world), folder);
        Optional<Path> file = which.ref().map(folder::resolve).filter(Files::isRegularFile);
        Check.Report report = file.isPresent() ? check.file(file.get()) : stored(check, folder);
        if (json.isGiven()) {
            printJson(report);
        } else {
            print(report);
        }
        return (report.checkup().weight() == Checkup.Weight.OBSTACLE ? ExitCode.DAMAGED : ExitCode.DONE).number();
    }

    private Check.Report stored(Check check, Path folder) {
        Which.Chosen chosen = which.choose(world, folder, true);
        return check.stored(chosen.store(), chosen.query());
    }

    private static String verdict(Checkup checkup) {
        return switch (checkup.weight()) {
            case FINE -> "it will resume";
            case REMARK -> "it will resume; see the remarks";
            case OBSTACLE -> "it will not resume as it should";
        };
    }

    private void print(Check.Report report) {
        world.out().println(verdict(report.checkup()) + ": " + Printable.of(report.name(), 400));
        report.checkup()
                .findings()
                .forEach(finding -> world.out()
                        .printf(
                                "  %s %-13s %s%n",
                                mark(finding.weight()), finding.about(), Printable.of(finding.words(), 400)));
    }

    private static String mark(Checkup.Weight weight) {
        return switch (weight) {
            case FINE -> "ok ";
            case REMARK -> "!  ";
            case OBSTACLE -> "no ";
        };
    }

    private void printJson(Check.Report report) {
        Checkup checkup = report.checkup();
        ObjectNode answer = Json.success();
        answer.put("resumes", checkup.weight() != Checkup.Weight.OBSTACLE);
        answer.put("verdict", verdict(checkup));
        answer.put("checked", report.name());
        answer.put("turns", checkup.facts().turns());
        answer.put("claude_version", checkup.facts().claudeVersion().orElse(null));
        answer.put("estimated_tokens", checkup.tokens());
        ArrayNode findings = answer.putArray("findings");
        for (Checkup.Finding finding : checkup.findings()) {
            findings.addObject()
                    .put("about", finding.about())
                    .put("weight", finding.weight().name().toLowerCase(Locale.ROOT))
                    .put("words", finding.words());
        }
        world.out().println(JsonTree.printableText(answer));
    }
}
