package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.io.file.PathBelow;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a manifest or a transcript says, nothing of it drives a terminal, hides or makes other text lie. */
class PrintedTest {
    private static final SessionId ID = Conversation.id(1);
    private static final Pattern HIDDEN = Pattern.compile(
            "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\u034f\\u115f\\u3164\\ufe00-\\ufe0f\\x{e0000}-\\x{e0fff}]");
    private static final List<String> HOSTILE = List.of(
            "\\u001b[2J",
            "\\u001b]0;x\\u0007",
            "\\u009b31m",
            "\\u202egnp.exe",
            "\\u2066",
            "\\u200b",
            "\\ufeff",
            "\\u2028",
            "\\udb40\\udc41",
            "\\u00ad",
            "\\ufe0f",
            "\\u034f",
            "\\u3164",
            "\\r",
            "\\b",
            "\\ud800");
    /** Values that say what they are, and would not be read at all were they anything else. */
    private static final Pattern FIXED =
            Pattern.compile("[0-9a-f]{64}|[0-9]{4}-.*T.*Z|transcript\\.jsonl|tool-results/a\\.txt|" + ID);

    /** Half a letter is written as an escape, since no bytes of UTF-8 stand for it. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Path root;
    private Machine machine;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        root = temp.toRealPath();
        machine = Machine.at(root.resolve("machine"));
    }

    private String ref() {
        return "folder:" + root.resolve("store") + "/" + ID;
    }

    /** Every text of the manifest with something hostile in it. */
    private void save(Random random) throws Exception {
        if (Files.exists(root.resolve("store"))) {
            PathBelow.remove(root.resolve("store"));
        }
        Stores.open("folder:" + root.resolve("store"), new StoreContext(Map.of(), root, Map.of()))
                .save(Bundles.of(ID).with("tool-results/a.txt", new byte[] {1}).build(), Optional.empty());
        Path manifest = root.resolve("store/sessions/" + ID + "/manifest.json");
        ObjectNode json = (ObjectNode) JSON.readTree(manifest.toFile());
        ObjectNode prepared = json.findParent("left_out");
        prepared.putObject("left_out").put("some-kind", 2);
        prepared.putObject("redacted").putObject("some-rule").put("some-file", 1);
        json.findParent("source").put("run", "a run").put("repository", "a/b").put("host", "h");
        spoil(json, random);
        Files.writeString(manifest, JSON.writeValueAsString(json));
    }

    /** Every name and text that need not have one form to be read at all. */
    private static void spoil(ObjectNode object, Random random) throws IOException {
        for (String name : object.properties().stream().map(Map.Entry::getKey).toList()) {
            JsonNode value = object.get(name);
            if (name.startsWith("some-")) {
                object.remove(name);
                object.set(name + hostile(random), value);
            } else if (value.isTextual() && !FIXED.matcher(value.asText()).matches()) {
                object.put(name, value.asText() + hostile(random) + "x");
            } else if (value instanceof ObjectNode below) {
                spoil(below, random);
            }
        }
    }

    /** But for the last one, half a letter, which is refused as no JSON. */
    private static String hostile(Random random) throws IOException {
        return JSON.readValue("\"" + HOSTILE.get(random.nextInt(HOSTILE.size() - 1)) + "\"", String.class);
    }

    private void requirePrintable(String what, long seed) {
        Machine.Run run = machine.run(what.split(" "));

        assertThat(HIDDEN.matcher(run.out() + run.err())
                        .results()
                        .map(found -> "U+" + Integer.toHexString(found.group().codePointAt(0))))
                .as("seed %d, %s: %s%s", seed, what, run.out(), run.err())
                .isEmpty();
        assertThat(run.exitCode()).as("seed %d, %s: %s", seed, what, run.err()).isNotEqualTo(70);
    }

    @Test
    void showsNothingHiddenOfAManifest() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 10; round++) {
            save(random);
            String store = " --store folder:" + root.resolve("store");
            Machine.Run shown = machine.run("show", ref());
            assertThat(shown.exitCode()).as("seed %d: %s", seed, shown.err()).isZero();
            for (String verb : List.of(
                    "list" + store,
                    "list --json" + store,
                    "show " + ref(),
                    "show --json " + ref(),
                    "check " + ref(),
                    "check --json " + ref(),
                    "history " + ref(),
                    "restore " + ref(),
                    "restore --json " + ref(),
                    "restore --trust signed " + ref(),
                    "restore --trust same-repository --repository a/b " + ref(),
                    "move " + ref() + " --to folder:" + root.resolve("there" + round),
                    "save --session-id " + ID + store,
                    "delete --yes " + ref(),
                    "delete " + ref())) {
                requirePrintable(verb, seed);
            }
        }
    }

    /** Each is refused, and the refusal is printed. */
    @ParameterizedTest
    @ValueSource(strings = {"path", "session_id", "sha256", "at", "key"})
    void showsNothingHiddenOfWhatItRefuses(String field) throws Exception {
        for (String hostile : HOSTILE) {
            save(new Random(1));
            Path manifest = root.resolve("store/sessions/" + ID + "/manifest.json");
            Files.writeString(
                    manifest,
                    Files.readString(manifest)
                            .replaceFirst(
                                    "\"" + field + "\" : \"([^\"]*)\"",
                                    "\"" + field + "\" : \"$1" + Matcher.quoteReplacement(hostile) + "x\""));
            for (String verb : List.of("restore " + ref(), "list --store folder:" + root.resolve("store"))) {
                requirePrintable(verb, 1);
            }
        }
    }

    @Test
    void showsNothingHiddenOfATranscript() throws IOException {
        for (String hostile : HOSTILE) {
            String text = "a" + hostile + "b";
            Files.createDirectories(machine.project());
            Files.writeString(
                    machine.transcript(ID),
                    machine.conversation(ID)
                            .onBranch("branch")
                            .turn("prompt")
                            .line("{\"type\":\"custom-title\",\"customTitle\":\"title\"}")
                            .text()
                            .replace("prompt", text)
                            .replace("title\"}", text + "\"}")
                            .replace("branch", "br" + hostile)
                            .replace("2.1.329", "2.1" + hostile)
                            .replace("cli\"", "cli" + hostile + "\""));
            for (String verb : List.of(
                    "find --explain",
                    "find --explain --json",
                    "save --store folder:" + root.resolve("s"),
                    "save --json --store folder:" + root.resolve("t"),
                    "list --store folder:" + root.resolve("s"),
                    "check " + machine.transcript(ID),
                    "scan " + machine.transcript(ID))) {
                requirePrintable(verb, 0);
            }
        }
    }
}
