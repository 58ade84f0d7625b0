package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.action.runner.Event;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of keys in docs/action.md holds for every sample that GitHub has of its events, of ours and of a fork's.
 */
@Needs(Tool.GITHUB_EVENTS)
class EventTableTest {
    private static final Path BASE = Path.of(System.getProperty("basedir", ""));
    private static final Path SAMPLES =
            BASE.resolve("target/github-events/node_modules/@octokit/webhooks-examples/api.github.com/index.json");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final String NONE = "none";
    /** Events that start workflows, of those that there are samples of and that have no row of their own. */
    private static final Set<String> OTHERS = Set.of(
            "branch_protection_rule",
            "deployment",
            "deployment_status",
            "fork",
            "gollum",
            "label",
            "milestone",
            "page_build",
            "public",
            "repository_dispatch",
            "watch");

    private record Row(Set<String> own, Set<String> ofFork) {}

    @Test
    void holdsForEverySample() throws IOException {
        Map<String, Row> table = table();
        Map<String, Integer> looked = new TreeMap<>();
        for (JsonNode kind : new ObjectMapper().readTree(SAMPLES.toFile())) {
            String name = kind.path("name").asText();
            looked.merge(name, require(name, kind.path("examples"), table), Integer::sum);
            if (name.equals("pull_request")) {
                // It carries the same, for the base's code.
                looked.put("pull_request_target", require("pull_request_target", kind.path("examples"), table));
            }
        }
        Set<String> withoutSamples = new TreeSet<>(table.keySet());
        withoutSamples.addAll(OTHERS);
        withoutSamples.removeIf(name -> looked.getOrDefault(name, 0) > 0);
        assertThat(withoutSamples).isEmpty();
        assertThat(looked.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(150);
    }

    private static int require(String name, JsonNode samples, Map<String, Row> table) {
        Row row =
                OTHERS.contains(name) ? new Row(Set.of("branch-NAME", "tag-NAME", "pr-N"), Set.of()) : table.get(name);
        if (row == null) {
            return 0;
        }
        for (JsonNode sample : samples) {
            require(name, sample, row.own());
            for (Fork fork : Fork.values()) {
                fork.of(name, sample.deepCopy()).ifPresent(theirs -> require(name, theirs, row.ofFork()));
            }
        }
        return samples.size();
    }

    /** What an event becomes when it is about a fork, as GitHub's documentation and real payloads have it. */
    private enum Fork {
        KNOWN {
            @Override
            void change(ObjectNode repository, ObjectNode owner, String field) {
                owner.set(field, repository);
            }
        },
        GONE {
            @Override
            void change(ObjectNode repository, ObjectNode owner, String field) {
                owner.putNull(field);
            }
        },
        UNTOLD {
            @Override
            void change(ObjectNode repository, ObjectNode owner, String field) {
                owner.remove(field);
            }
        };

        abstract void change(ObjectNode repository, ObjectNode owner, String field);

        Optional<ObjectNode> of(String event, JsonNode sample) {
            ObjectNode payload = (ObjectNode) sample;
            ObjectNode eves = payload.objectNode();
            eves.put("id", 666).put("full_name", "eve/stranger").put("name", "stranger");
            boolean changed = false;
            for (String path : List.of("/workflow_run", "/check_suite", "/check_run/check_suite")) {
                if (path.startsWith("/" + event) && payload.at(path) instanceof ObjectNode run) {
                    run.putArray("pull_requests");
                    change(eves, run, "head_repository");
                    changed = true;
                }
            }
            if (event.startsWith("pull_request") && payload.at("/pull_request/head") instanceof ObjectNode head) {
                change(eves, head, "repo");
                changed = true;
            }
            return changed ? Optional.of(payload) : Optional.empty();
        }
    }

    private static void require(String name, JsonNode payload, Set<String> allowed) {
        String key;
        try {
            key = EventKey.of(new Event(name, payload, refOf(name, payload), "o/r"))
                    .text();
        } catch (Failure failure) {
            assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            key = NONE;
        }
        assertThat(key).as(name).doesNotContain("null").isIn(meant(payload, allowed));
    }

    /** The keys that a cell allows for this payload, with all numbers and names that are in it. */
    private static Set<String> meant(JsonNode payload, Set<String> forms) {
        Set<String> keys = new TreeSet<>();
        for (String form : forms) {
            switch (form) {
                case "pr-N", "issue-N", "discussion-N" ->
                    payload.findValues("number").stream()
                            .map(number -> form.replace("N", number.asText()))
                            .forEach(keys::add);
                case "branch-NAME", "tag-NAME", "branch-OWNER:NAME" -> {
                    Map<String, String> names = new HashMap<>();
                    for (String field : List.of("ref", "head_branch", "tag_name", "default_branch", "base_ref")) {
                        payload.findValues(field).stream()
                                .filter(JsonNode::isTextual)
                                .map(node -> node.asText().replaceFirst("^refs/(heads|tags)/", ""))
                                .forEach(text -> names.put(text, form.replace("NAME", text)));
                    }
                    names.values().forEach(text -> keys.add(text.replace("OWNER", "eve")));
                }
                case NONE -> keys.add(NONE);
                default -> throw new IllegalArgumentException(form);
            }
        }
        Pattern.compile("/(pr-\\d+)-")
                .matcher(payload.at("/merge_group/head_ref").asText())
                .results()
                .forEach(found -> keys.add(found.group(1)));
        return keys;
    }

    /** As GitHub's documentation has it for each event. */
    private static String refOf(String name, JsonNode payload) {
        String defaultBranch =
                "refs/heads/" + payload.at("/repository/default_branch").asText("main");
        return switch (name) {
            case "pull_request", "pull_request_review", "pull_request_review_comment" ->
                "refs/pull/" + payload.at("/pull_request/number").asText() + "/merge";
            case "push", "workflow_dispatch" -> payload.path("ref").asText(defaultBranch);
            case "merge_group" -> payload.at("/merge_group/head_ref").asText();
            case "release" -> "refs/tags/" + payload.at("/release/tag_name").asText();
            default -> defaultBranch;
        };
    }

    private static Map<String, Row> table() throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        Files.readAllLines(BASE.resolve("docs/action.md")).stream()
                .dropWhile(line -> !line.startsWith("| event | the repository's own |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1))
                .forEach(cells ->
                        codes(cells[1]).forEach(event -> rows.put(event, new Row(keys(cells[2]), keys(cells[3])))));
        assertThat(rows).hasSizeGreaterThan(15);
        return rows;
    }

    private static Set<String> keys(String cell) {
        Set<String> keys =
                codes(cell).stream().filter(code -> code.contains("-")).collect(Collectors.toSet());
        if (cell.matches(".*\\b" + NONE + "\\b.*")) {
            keys.add(NONE);
        }
        return keys;
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
    }
}
