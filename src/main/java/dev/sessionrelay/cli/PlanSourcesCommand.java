package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.checkout.Checkout;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.plan.Fields;
import dev.sessionrelay.plan.PlanIssue;
import dev.sessionrelay.relay.PlanSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class PlanSourcesCommand {
    private final Command verb = new Command(
            "Lists where the sessions of a plan are: on this machine, in a gist, on a branch, or with a run.",
            this::call);

    private final CliContext world;

    private final Command.Given<String> issue = verb.argument(
            "<issue>", "The plan's issue: its number or address (default: from the branch's name, as in 4991-fix).");

    private final LocalOptions.Here here = new LocalOptions.Here(verb);

    private final StoreOptions options = new StoreOptions(verb);

    PlanSourcesCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() throws Exception {
        return new ErkAnswer(world.out()).give("", this::answer);
    }

    private String answer() throws Exception {
        Path folder = here.workingFolder(world);
        Optional<String> branch = Checkout.around(folder).flatMap(Checkout::branch);
        PlanIssue plan = issue.value()
                .map(PlanIssue::parse)
                .or(() -> branch.flatMap(PlanIssue::ofBranch))
                .orElseThrow(() -> Failure.badInput(
                        "No issue specified and could not infer from branch name",
                        "name it, as in `session-relay plan sources 4991`"));
        PlanSources.FoundPlanSession found = PlanSources.of(
                plan, LocalOptions.There.plans(world, folder, options), here.claudeHome(world), folder, branch);
        return JsonTree.prettyText(json(found));
    }

    /** The fields of all of erk's eras. */
    private static ObjectNode json(PlanSources.FoundPlanSession found) {
        Fields header = found.header();
        ObjectNode answer = JsonOutput.success();
        answer.put("issue_number", found.plan().number());
        answer.put("plan_id", String.valueOf(found.plan().number()));
        answer.put("planning_session_id", found.planning().orElse(null));
        add(found.implementations().stream(), answer.putArray("implementation_session_ids"));
        add(found.learning().stream(), answer.putArray("learn_session_ids"));
        List<PlanSources.PlanSource> readable = found.guessed().isEmpty() ? found.local() : List.of();
        add(readable.stream().map(source -> source.id().text()), answer.putArray("readable_session_ids"));
        add(
                found.local().stream().flatMap(source -> source.file().stream()).map(Path::toString),
                answer.putArray("session_paths"));
        add(found.guessed().stream().map(Object::toString), answer.putArray("local_session_ids"));
        for (String field : List.of(
                "last_remote_impl_at",
                "last_remote_impl_run_id",
                "last_remote_impl_session_id",
                "last_session_gist_url",
                "last_session_branch",
                "last_session_id",
                "last_session_source")) {
            answer.put(field, header.text(field).orElse(null));
        }
        ArrayNode sources = answer.putArray("session_sources");
        found.sources().forEach(source -> describe(source, sources.addObject()));
        return answer;
    }

    private static void describe(PlanSources.PlanSource source, ObjectNode into) {
        into.put("source_type", source.isLocal() ? "local" : "remote");
        into.put("session_id", source.id().text());
        into.put("run_id", source.runId().orElse(null));
        into.put("path", source.file().map(Path::toString).orElse(null));
        into.put("gist_url", source.gistUrl().orElse(null));
        into.put("session_branch", source.branch().orElse(null));
    }

    private static void add(Stream<String> texts, ArrayNode into) {
        texts.forEach(into::add);
    }
}
