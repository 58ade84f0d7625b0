package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Tree;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line does about secrets, and what it says. */
class SecretsTest {
    private static final SessionId ID = Conversation.id(1);
    private static final String TOKEN = "ghp_" + "Zq8Yw7Xv6Ut5Sr4Qp3On2Ml1Kj0Ih9Gf8Ed7";
    private static final String PHRASE = "opens every door 4";

    private Machine machine;
    private String store;

    @BeforeEach
    void aSessionWithSecrets(@TempDir Path temp) throws IOException {
        machine = Machine.at(temp.resolve("machine"));
        store = "folder:" + temp.resolve("store");
        machine.conversation(ID)
                .turn("clone with " + TOKEN)
                .turn("again: " + TOKEN + ", and " + PHRASE)
                .writeTo(machine.transcript(ID));
    }

    @Test
    void savesWithoutThem() throws IOException {
        Machine.Run run =
                machine.with("SESSION_RELAY_SECRETS", "main\n" + PHRASE).run("save", "--store", store);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("secrets  4 github-pat, 2 known-value");
        assertThat(run.err()).contains("1 of the values given as secret are not looked for");
        assertThat(stored()).doesNotContain(TOKEN).doesNotContain(PHRASE).contains("[redacted:github-pat:");
        assertThat(stored()).contains("\"redacted\"").contains("\"transcript.jsonl\" : 4");
        assertThat(Files.readString(machine.transcript(ID))).contains(TOKEN);
    }

    @Test
    void listsThemOnly() throws IOException {
        JsonNode answer = machine.run("save", "--store", store, "--redact", "report", "--json")
                .json();

        assertThat(answer.path("secrets").path("github-pat").asInt()).isEqualTo(4);
        JsonNode place = answer.path("secret_places").path(0);
        assertThat(place.path("file").asText()).isEqualTo("transcript.jsonl");
        assertThat(place.path("line").asInt()).isEqualTo(1);
        assertThat(place.path("field").asText()).isEqualTo("message.content");
        assertThat(answer.toString()).doesNotContain(TOKEN.substring(4, 14));
        assertThat(stored()).contains(TOKEN).doesNotContain("\"redacted\"");
    }

    @Test
    void doesNotLookWhenTold() throws IOException {
        JsonNode answer = machine.run("save", "--store", store, "--redact", "off", "--json")
                .json();
        assertThat(answer.path("secrets")).isEmpty();
        assertThat(stored()).contains(TOKEN);
    }

    /** Who reports only, or does not look, sees that what was saved is not what `on` would have saved. */
    @Test
    void saysWhenSecretsAreStoredInClear() throws IOException {
        Map<String, Boolean> inClear = Map.of("on", false, "report", true, "off", true);
        for (Map.Entry<String, Boolean> mode : inClear.entrySet()) {
            String own = store + mode.getKey();
            Machine.Run run = machine.run("save", "--store", own, "--redact", mode.getKey());
            assertThat(run.out().contains("stored IN CLEAR (--redact " + mode.getKey() + ")"))
                    .as(run.out())
                    .isEqualTo(mode.getValue());
            JsonNode json = machine.run("save", "--store", own, "--redact", mode.getKey(), "--json")
                    .json();
            assertThat(json.path("redact").asText()).isEqualTo(mode.getKey());
            assertThat(json.path("stored_in_clear").booleanValue()).isEqualTo(mode.getValue());
        }
    }

    @Test
    void showsNoSecretInATitle() throws IOException {
        machine.conversation(ID)
                .turn("hello")
                .line("{\"type\":\"custom-title\",\"customTitle\":\"use " + TOKEN + "\",\"sessionId\":\"" + ID + "\"}")
                .writeTo(machine.transcript(ID));
        Machine.Run explained = machine.run("find", "--explain");
        assertThat(explained.err()).contains("use [redacted:").doesNotContain(TOKEN);
        assertThat(machine.run("find", "--json").out())
                .contains("use [redacted:")
                .doesNotContain(TOKEN);
    }

    @Test
    void stopsWhenTold() throws IOException {
        Machine.Run run = machine.run("save", "--store", store, "--fail-on-secrets");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .contains("github-pat in transcript.jsonl:1", "scan")
                .doesNotContain(TOKEN.substring(4, 14));
        assertThat(Files.exists(Path.of(store.substring("folder:".length())))).isFalse();
    }

    @Test
    void savingAgainOnlyAppends() throws IOException {
        machine.run("save", "--store", store);
        Map<String, String> before = parts();
        machine.conversation(ID)
                .turn("clone with " + TOKEN)
                .turn("again: " + TOKEN + ", and " + PHRASE)
                .turn("and " + TOKEN)
                .writeTo(machine.transcript(ID));
        JsonNode again = machine.run("save", "--store", store, "--json").json();
        assertThat(again.path("outcome").asText()).isEqualTo("saved");
        assertThat(parts()).hasSizeGreaterThan(before.size()).containsAllEntriesOf(before);
        assertThat(stored()).doesNotContain(TOKEN);
    }

    @Test
    void scansAFile() throws IOException {
        String file = machine.transcript(ID).toString();
        Machine.Run run = machine.run("scan", file);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .hasSize(4)
                .allMatch(line -> line.matches(".*\\.jsonl:[1-4]: github-pat in message.*"));
        assertThat(run.out()).doesNotContain(TOKEN.substring(4, 14));
        assertThat(run.err()).contains("4 secrets in " + ID);
        assertThat(machine.run("scan", file, "--fail-on-secrets").exitCode()).isEqualTo(3);
        assertThat(machine.run("scan", file, "--json")
                        .json()
                        .path("secrets")
                        .path("github-pat")
                        .asInt())
                .isEqualTo(4);

        Path plain = Files.writeString(machine.folder().resolve("out.txt"), "a\nb " + TOKEN + "\n");
        assertThat(machine.run("scan", plain.toString()).out()).isEqualTo("out.txt:2: github-pat\n");
        assertThat(machine.run("scan", "no-such-file").exitCode()).isEqualTo(2);
    }

    @Test
    void refusesContradictions() {
        assertThat(machine.run("save", "--redact", "off", "--fail-on-secrets").exitCode())
                .isEqualTo(2);
        assertThat(machine.run("save", "--redact", "maybe").err()).contains("on, report or off");
    }

    private Map<String, String> parts() throws IOException {
        Map<String, String> parts = Tree.of(Path.of(store.substring("folder:".length())));
        parts.keySet().removeIf(name -> !name.contains("content/transcript.jsonl/"));
        assertThat(parts).isNotEmpty();
        return parts;
    }

    private String stored() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(store.substring("folder:".length())))) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
