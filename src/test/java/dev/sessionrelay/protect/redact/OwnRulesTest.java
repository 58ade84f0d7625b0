package dev.sessionrelay.protect.redact;

import static dev.sessionrelay.protect.redact.Transcripts.line;
import static dev.sessionrelay.protect.redact.Transcripts.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.EntryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnRulesTest {
    private static final String TOKEN = "ghp_" + RedactionTest.letters(36, 4);

    @TempDir
    private Path folder;

    @Test
    void findsWhatOnlyThisProjectKnows() throws IOException {
        says("""
                [[redact.rules]]
                id = "acme-token"
                regex = '''(acme_[a-z0-9]{8})'''
                keywords = ["acme_"]
                """);
        assertThat(redacted("use acme_12ab34cd now, not acme_short", Map.of()))
                .matches("(?s).*use \\[redacted:acme-token:0000] now, not acme_short.*");
        assertThat(redaction(Map.of()).notes()).containsExactly(".session-relay.toml adds rules: acme-token");
    }

    @Test
    void leavesWhatThisProjectAllows() throws IOException {
        assertThat(redacted(TOKEN, Map.of())).doesNotContain(TOKEN);
        says("""
                [[redact.allowlists]]
                regexes = ["%s"]
                """.formatted(TOKEN));
        assertThat(redacted(TOKEN, Map.of())).contains(TOKEN);
        assertThat(redaction(Map.of()).notes()).containsExactly(".session-relay.toml has a list of what is no secret");
    }

    @Test
    void leavesOutRulesAndSaysSo() throws IOException {
        says("redact.off = [\"github-pat\", \"high-entropy\"]");
        assertThat(redaction(Map.of()).notes())
                .containsExactly(".session-relay.toml turns rules off: github-pat, high-entropy");
        assertThat(redacted("see " + TOKEN, Map.of())).contains(TOKEN);
    }

    @Test
    void knowsVariablesByName() throws IOException {
        Map<String, String> environment = Map.of("LICENCE", "seven dwarves 77");
        assertThat(redacted("the seven dwarves 77", environment)).contains("seven");
        says("redact.variables = [\"LICENCE\"]");
        assertThat(redacted("the seven dwarves 77", environment)).contains("the [redacted:known-value:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redact = [",
                "[[redact.rules]]\nid = \"x\"\nregex = '('\nkeywords = [\"abc\"]",
                "[[redact.rules]]\nid = \"Not An Id\"\nregex = 'a'\nkeywords = [\"abc\"]",
                "[[redact.rules]]\nid = \"x\"\nregex = 'a'"
            })
    void refusesWhatItCannotRead(String text) throws IOException {
        says(text);
        assertThatThrownBy(() -> OwnRules.in(folder))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(".session-relay.toml");
    }

    private void says(String toml) throws IOException {
        Files.writeString(folder.resolve(OwnRules.FILE), toml);
    }

    private Redaction redaction(Map<String, String> environment) {
        return new Redaction(Redaction.Mode.ON, OwnRules.in(folder), environment, List.of());
    }

    private String redacted(String text, Map<String, String> environment) throws IOException {
        var payload = redaction(environment)
                .of(EntryName.TRANSCRIPT, Transcripts.payload(line(prompt(text))), new SecretReport());
        try (var in = payload.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
