package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.agent.claude.ResumeCheck;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.relay.Check;
import dev.sessionrelay.text.SafeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

final class CheckCommand {
    private final Command verb = new Command(
                    "Says whether a session will resume: a stored one, or a transcript on this machine.", this::call)
            .examples(
                    "  session-relay check --key pr-12",
                    "  session-relay check"
                            + " ~/.claude/projects/-home-dev-app/7c53d351-013c-4308-a705-3cc3387680a2.jsonl");

    private final CliContext world;

    private final LocalOptions.Here here = new LocalOptions.Here(verb);

    private final SessionSelection which = new SessionSelection(verb);

    private final Command.Flag json = verb.flag("--json", "Print one JSON object.");

    CheckCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() {
        Path folder = here.workingFolder(world);
        Check check = new Check(here.claudeHome(world), folder);
        Optional<Path> file = which.ref().map(folder::resolve).filter(Files::isRegularFile);
        Check.CheckReport report = file.isPresent() ? check.file(file.get()) : stored(check, folder);
        if (json.isGiven()) {
            printJson(report);
        } else {
            print(report);
        }
        return (report.checkup().weight() == ResumeCheck.Weight.OBSTACLE ? ExitCode.DAMAGED : ExitCode.DONE).number();
    }

    private Check.CheckReport stored(Check check, Path folder) {
        SessionSelection.SelectedSession chosen = which.choose(world, folder, true);
        return check.stored(chosen.store(), chosen.query());
    }

    private static String verdict(ResumeCheck checkup) {
        return switch (checkup.weight()) {
            case FINE -> "it will resume";
            case REMARK -> "it will resume; see the remarks";
            case OBSTACLE -> "it will not resume as it should";
        };
    }

    private void print(Check.CheckReport report) {
        world.out().println(verdict(report.checkup()) + ": " + SafeText.of(report.name(), 400));
        report.checkup()
                .findings()
                .forEach(finding -> world.out()
                        .printf(
                                "  %s %-13s %s%n",
                                mark(finding.weight()), finding.about(), SafeText.of(finding.words(), 400)));
    }

    private static String mark(ResumeCheck.Weight weight) {
        return switch (weight) {
            case FINE -> "ok ";
            case REMARK -> "!  ";
            case OBSTACLE -> "no ";
        };
    }

    private void printJson(Check.CheckReport report) {
        ResumeCheck checkup = report.checkup();
        ObjectNode answer = JsonOutput.success();
        answer.put("resumes", checkup.weight() != ResumeCheck.Weight.OBSTACLE);
        answer.put("verdict", verdict(checkup));
        answer.put("checked", report.name());
        answer.put("turns", checkup.facts().turns());
        answer.put("claude_version", checkup.facts().claudeVersion().orElse(null));
        answer.put("estimated_tokens", checkup.tokens());
        ArrayNode findings = answer.putArray("findings");
        for (ResumeCheck.CheckFinding finding : checkup.findings()) {
            findings.addObject()
                    .put("about", finding.about())
                    .put("weight", finding.weight().name().toLowerCase(Locale.ROOT))
                    .put("words", finding.words());
        }
        world.out().println(JsonTree.printableText(answer));
    }
}
