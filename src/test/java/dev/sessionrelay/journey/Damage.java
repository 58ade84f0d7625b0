package dev.sessionrelay.journey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What can become of a transcript that has two turns: alpha, with a thought and a tool, and beta.
 *
 * @param resumes  what {@code check} says of it
 * @param told     in these words among others
 * @param outlived by which versions of the CLI; where that is not what {@code check} says, its words do
 * @param gone     what nobody can read out of it any more
 */
record Damage(
        String name,
        boolean resumes,
        String told,
        Predicate<ClaudeCli> outlived,
        Consumer<List<String>> harm,
        Set<String> gone) {

    private Damage(
            String name,
            boolean resumes,
            String told,
            Predicate<ClaudeCli> outlived,
            Consumer<List<String>> harm,
            String... gone) {
        this(name, resumes, told, outlived, harm, Set.of(gone));
    }

    static List<Damage> all() {
        return List.of(
                new Damage("none", true, "have their results", claude -> true, lines -> {}),
                new Damage(
                        "torn end",
                        true,
                        "1 torn: what was in them is lost, the rest is read",
                        claude -> true,
                        lines -> {
                            int end = at(lines, "assistant", "beta-answer");
                            lines.subList(end + 1, lines.size()).clear();
                            lines.set(end, lines.get(end).substring(0, 200));
                        },
                        "beta-answer"),
                new Damage(
                        "broken chain",
                        true,
                        "from 2.1.100 on Claude Code bridges such gaps",
                        ClaudeCli::bridgesGaps,
                        lines -> link(lines, "beta-prompt", "00000000-0000-4000-8000-000000000bad")),
                new Damage(
                        "lines reversed",
                        false,
                        "from 2.1.197 on a part would be lost",
                        ClaudeCli::sortsRecords,
                        Collections::reverse),
                new Damage(
                        "no times",
                        true,
                        "before 2.1.332 Claude Code finds no conversation",
                        ClaudeCli::doesWithoutTimes,
                        lines -> lines.replaceAll(line -> line.replaceAll("\"timestamp\":\"[^\"]*\"", "\"then\":0"))),
                new Damage(
                        "unanswered call",
                        true,
                        "it is resumed as interrupted, and not run again",
                        claude -> true,
                        lines -> lines.subList(call(lines) + 1, lines.size()).clear(),
                        "alpha-42",
                        "alpha-answer",
                        "beta-prompt",
                        "beta-answer"),
                new Damage(
                        "lost result",
                        true,
                        "gone on from without a result: Claude Code leaves them out",
                        claude -> true,
                        lines -> {
                            lines.remove(at(lines, "user", "\"type\":\"tool_result\""));
                            link(lines, "alpha-answer", uuid(lines.get(call(lines))));
                        },
                        "alpha-42"),
                new Damage(
                        "lost call",
                        true,
                        "results without a call: from 2.1.100 on Claude Code leaves them out",
                        ClaudeCli::bridgesGaps,
                        lines -> lines.remove(call(lines)),
                        "alpha-42"),
                new Damage(
                        "touched thought",
                        true,
                        "from 2.1.197 on Claude Code leaves thoughts out after one refused request; before, it stops",
                        ClaudeCli::doesWithoutThoughts,
                        lines -> lines.replaceAll(line -> line.replace(
                                "\"thinking\":\"alpha-thought\"", "\"thinking\":\"[redacted:mine:1234]\""))));
    }

    boolean isOutlivedBy(ClaudeCli claude) {
        return outlived.test(claude);
    }

    boolean leaves(String fact) {
        return !gone.contains(fact);
    }

    String doneTo(String transcript) {
        List<String> lines = new ArrayList<>(transcript.lines().toList());
        harm.accept(lines);
        boolean torn = !lines.getLast().endsWith("}");
        return String.join("\n", lines) + (torn ? "" : "\n");
    }

    private static int call(List<String> lines) {
        return at(lines, "assistant", "\"type\":\"tool_use\"");
    }

    private static void link(List<String> lines, String fact, String parent) {
        int child = at(lines, fact.endsWith("prompt") ? "user" : "assistant", fact);
        ObjectNode record = (ObjectNode) Json.parse(lines.get(child));
        lines.set(child, record.put("parentUuid", parent).toString());
    }

    private static String uuid(String line) {
        return Json.parse(line).path("uuid").asText();
    }

    private static int at(List<String> lines, String type, String part) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.contains(part) && Json.parse(line).path("type").asText().equals(type)) {
                return i;
            }
        }
        throw new AssertionError("no record of type " + type + " with " + part);
    }
}
