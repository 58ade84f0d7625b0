package dev.sessionrelay.claude;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sessionrelay.bundle.Facts;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.bundle.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether {@code claude --resume} will go on with a transcript, judged by what was measured with the real Claude Code on
 * damaged and changed ones.
 *
 * @param tokens how many the next request will have, about
 */
public record Checkup(Facts facts, List<Finding> findings, long tokens) {

    /** How much a finding matters. */
    public enum Weight {
        FINE,
        /** It resumes, with something to know. */
        REMARK,
        /** It does not resume, or loses what was said. */
        OBSTACLE
    }

    public record Finding(String about, Weight weight, String words) {}

    /** The newest version that was tried out. */
    private static final String NEWEST_TRIED = "2.1.329";

    /** Above it Claude Code may write the file anew. */
    private static final long REWRITTEN = 5 << 20;

    private static final String REDACTED = "[redacted:";
    private static final long USUAL_CONTEXT = 200_000;
    private static final int BYTES_A_TOKEN = 4;
    private static final long MOST_OF_A_RECORD = 64 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    public Checkup {
        findings = List.copyOf(findings);
    }

    public Weight weight() {
        return findings.stream().map(Finding::weight).reduce(Weight.FINE, (a, b) -> a.compareTo(b) < 0 ? b : a);
    }

    /** The same with what can be said of the place. */
    public Checkup with(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new Checkup(facts, all, tokens);
    }

    public static Checkup of(Payload transcript) throws IOException {
        Examination examination = new Examination();
        try (RecordScanner records = new RecordScanner(transcript.open())) {
            while (records.next()) {
                examination.take(records, transcript);
            }
        }
        return examination.result(transcript.size());
    }

    private static final class Examination {
        private final FactsReader facts = new FactsReader();
        private final Set<String> known = new HashSet<>();
        private final Set<String> parents = new HashSet<>();
        private final Set<String> openCalls = new LinkedHashSet<>();
        private long outOfOrder;
        private long links;
        private long calls;
        private long strayResults;
        private long closedLate;
        private long torn;
        private long unreadable;
        private long unwanted;
        private long schedules;
        private long thoughts;
        private long unsigned;
        private long told;
        private long contextTokens;
        private long sinceContext;
        private boolean endsWithNewline = true;

        void take(RecordScanner record, Payload transcript) throws IOException {
            endsWithNewline = record.endsWithNewline();
            if (record.kind() == RecordScanner.Kind.TORN) {
                torn++;
            }
            if (record.kind() != RecordScanner.Kind.RECORD) {
                return;
            }
            facts.take(record);
            String type = record.text(Field.TYPE).orElse("");
            unwanted += Unwanted.in(record).isPresent() ? 1 : 0;
            link(record);
            boolean isMessage = type.equals("user") || type.equals("assistant");
            if (isMessage && !record.isTrue(Field.IS_SIDECHAIN)) {
                if (record.end() - record.start() > MOST_OF_A_RECORD) {
                    unreadable++;
                    return;
                }
                message(type, bytes(transcript, record));
            }
        }

        private static byte[] bytes(Payload transcript, RecordScanner record) throws IOException {
            try (InputStream in = transcript.open(record.start())) {
                return in.readNBytes((int) (record.end() - record.start()));
            }
        }

        private void link(RecordScanner record) {
            Optional<String> uuid = record.text(Field.UUID);
            if (uuid.isEmpty()) {
                return;
            }
            links++;
            record.text(Field.PARENT_UUID)
                    .filter(parent -> !known.contains(parent))
                    .ifPresent(parents::add);
            if (parents.contains(uuid.get())) {
                // A record that others before it follow: the lines are not in their order.
                outOfOrder++;
            }
            known.add(uuid.get());
        }

        private void message(String type, byte[] line) {
            JsonNode message;
            try {
                message = JSON.readTree(line).path("message");
            } catch (IOException e) {
                unreadable++;
                return;
            }
            told++;
            sinceContext += line.length;
            for (JsonNode block : message.path("content")) {
                switch (block.path("type").asText()) {
                    case "tool_use" -> {
                        calls++;
                        openCalls.add(block.path("id").asText());
                        schedules += block.path("name").asText().equals("CronCreate") ? 1 : 0;
                    }
                    case "tool_result" -> {
                        strayResults +=
                                openCalls.remove(block.path("tool_use_id").asText()) ? 0 : 1;
                    }
                    case "thinking" -> {
                        thoughts++;
                        unsigned += isSigned(block) ? 0 : 1;
                    }
                    default -> {}
                }
            }
            JsonNode usage = message.path("usage");
            if (type.equals("assistant") && usage.isObject()) {
                contextTokens = usage.path("input_tokens").asLong()
                        + usage.path("cache_creation_input_tokens").asLong()
                        + usage.path("cache_read_input_tokens").asLong()
                        + usage.path("output_tokens").asLong();
                sinceContext = 0;
            }
            if (type.equals("user") && !isResult(message) && !openCalls.isEmpty()) {
                closedLate = openCalls.size();
            }
        }

        private static boolean isResult(JsonNode message) {
            for (JsonNode block : message.path("content")) {
                if (block.path("type").asText().equals("tool_result")) {
                    return true;
                }
            }
            return false;
        }

        /** Whether it may be the model's own words: only the model's server can say whether it is. */
        private static boolean isSigned(JsonNode block) {
            String signature = block.path("signature").asText();
            return !signature.isEmpty()
                    && !signature.contains(REDACTED)
                    && !block.path("thinking").asText().contains(REDACTED);
        }

        Checkup result(long size) {
            List<Finding> findings = new ArrayList<>();
            Facts read = facts.facts();
            conversation(read, findings);
            chain(findings);
            toolCalls(findings);
            signatures(findings);
            lines(size, findings);
            version(read, findings);
            actions(findings);
            long tokens = contextTokens + sinceContext / BYTES_A_TOKEN;
            findings.add(
                    tokens > USUAL_CONTEXT
                            ? remark(
                                    "tokens",
                                    "about " + tokens + ", more than the usual " + USUAL_CONTEXT
                                            + ": a model with less room has the conversation compacted first")
                            : fine("tokens", "about " + tokens));
            return new Checkup(read, findings, tokens);
        }

        private void conversation(Facts read, List<Finding> findings) {
            findings.add(
                    read.hasConversation()
                            ? fine("conversation", read.turns() + " turns in " + told + " messages")
                            : obstacle(
                                    "conversation",
                                    "there is no message with a time, and Claude Code finds no conversation"));
        }

        private void chain(List<Finding> findings) {
            Set<String> missing = new HashSet<>(parents);
            missing.removeAll(known);
            if (outOfOrder > 0) {
                findings.add(
                        obstacle(
                                "chain",
                                outOfOrder
                                        + " records stand behind others that follow them: from 2.1.197 on a part would be lost"));
            } else if (!missing.isEmpty()) {
                findings.add(remark(
                        "chain",
                        missing.size() + " of " + links
                                + " records follow one that is not there: from 2.1.100 on Claude Code bridges such gaps;"
                                + " before, it forgets what was said ahead of them"));
            } else {
                findings.add(fine("chain", "all of " + links + " records follow one another"));
            }
        }

        private void toolCalls(List<Finding> findings) {
            if (strayResults > 0) {
                findings.add(remark(
                        "tool calls",
                        strayResults
                                + " results without a call: from 2.1.100 on Claude Code leaves them out; before, the"
                                + " model's server refuses them"));
            } else if (closedLate > 0) {
                findings.add(remark(
                        "tool calls",
                        closedLate + " of " + calls
                                + " calls were gone on from without a result: Claude Code leaves them out"));
            } else if (!openCalls.isEmpty()) {
                findings.add(remark(
                        "tool calls",
                        "the last one has no result yet: it is resumed as interrupted, and not run again"));
            } else {
                findings.add(fine("tool calls", "all " + calls + " have their results"));
            }
        }

        private void signatures(List<Finding> findings) {
            findings.add(
                    unsigned == 0
                            ? fine("signatures", thoughts + " thoughts of the model, none visibly changed")
                            : remark(
                                    "signatures",
                                    unsigned + " of " + thoughts + " thoughts of the model were changed or lack their"
                                            + " signature: from 2.1.197 on Claude Code leaves thoughts out after one refused"
                                            + " request; before, it stops"));
        }

        private void lines(long size, List<Finding> findings) {
            if (unreadable > 0) {
                findings.add(
                        remark("lines", unreadable + " messages cannot be read and are missing when it is resumed"));
            }
            if (torn > 0) {
                findings.add(remark("lines", torn + " torn: what was in them is lost, the rest is read"));
            }
            if (size > 0 && !endsWithNewline) {
                findings.add(remark(
                        "lines",
                        "the last one has no line break: Claude Code before 2.1.329 glues the next record to it; a save and"
                                + " restore heals it"));
            }
            findings.add(
                    size > REWRITTEN
                            ? remark("size", size + " bytes: above " + REWRITTEN + " Claude Code may write it anew")
                            : fine("size", size + " bytes"));
        }

        private static void version(Facts read, List<Finding> findings) {
            String version = Printable.of(read.claudeVersion().orElse("unknown"), 40);
            findings.add(
                    isNewer(version)
                            ? remark(
                                    "version",
                                    "recorded by " + version + "; " + NEWEST_TRIED
                                            + " is the newest that was tried out")
                            : fine("version", "recorded by " + version));
        }

        private void actions(List<Finding> findings) {
            if (unwanted > 0) {
                findings.add(remark(
                        "actions",
                        unwanted + " records would make it act when it is resumed; a restore leaves them out"));
            }
            if (schedules > 0) {
                findings.add(remark(
                        "actions", schedules + " scheduled tasks were set up in it; some versions go on with them"));
            }
        }

        private static boolean isNewer(String version) {
            if (!version.matches("[0-9]{1,6}(\\.[0-9]{1,6}){2}")) {
                return false;
            }
            int[] own = numbers(version);
            return Arrays.compare(own, numbers(NEWEST_TRIED)) > 0;
        }

        private static int[] numbers(String version) {
            return Arrays.stream(version.split("\\.", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
        }

        private static Finding fine(String about, String words) {
            return new Finding(about, Weight.FINE, words);
        }

        private static Finding remark(String about, String words) {
            return new Finding(about, Weight.REMARK, words);
        }

        private static Finding obstacle(String about, String words) {
            return new Finding(about, Weight.OBSTACLE, words);
        }
    }
}
