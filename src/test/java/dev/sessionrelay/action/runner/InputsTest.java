package dev.sessionrelay.action.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.relay.OnConflict;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputsTest {
    private static final String ID = "11111111-2222-4333-8444-555555555555";

    @Test
    void hasADefaultForEverything() {
        Inputs inputs = read();
        assertThat(inputs.mode()).isEqualTo(StepMode.RELAY);
        assertThat(inputs.store()).isEqualTo("auto");
        assertThat(inputs.onMissing()).isEqualTo(OnMissing.WARN);
        assertThat(inputs.summary()).isTrue();
        assertThat(inputs.allowPublic()).isFalse();
        assertThat(inputs.key()).isEmpty();
    }

    @Test
    void readsNamesWithHyphensAndWithUnderscores() {
        assertThat(read("session-id", ID).sessionId().orElseThrow().text()).isEqualTo(ID);
        assertThat(Inputs.read(Map.of("INPUT_SESSION_ID", ID), Optional.empty()).sessionId())
                .isPresent();
        assertThat(Inputs.read(Map.of("INPUT_SESSION-ID", "", "INPUT_SESSION_ID", ID), Optional.empty())
                        .sessionId())
                .isPresent();
    }

    @Test
    void takesAnEmptyInputAsNotGiven() {
        assertThat(read("mode", " ", "summary", "", "key", "\n").key()).isEmpty();
    }

    @Test
    void passesOverUnknownInputs() {
        assertThat(read("entrypoint", "/bin/sh", "colour", "red").mode()).isEqualTo(StepMode.RELAY);
    }

    @Test
    void readsRestoreKeysLineByLine() {
        assertThat(read("restore-keys", "pr-\n\n  branch-main \r\n").restoreKeys())
                .containsExactly("pr-", "branch-main");
    }

    @Test
    void readsSecretsLineByLineOrAsTheJobsContext() {
        assertThat(read("secrets", "one\n  two").secrets())
                .extracting(Secret::value)
                .containsExactly("one", "two");
        assertThat(read("secrets", "{\n  \"A\": \"one\",\n  \"B\": \"a\\nb\"\n}")
                        .secrets())
                .extracting(Secret::value)
                .containsExactly("one", "a\nb");
        assertThatThrownBy(() -> read("secrets", "{\"A\": hunter2hunter2"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("input secrets")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void theHalvesDoWhatTheyAreFor() {
        assertThat(Inputs.read(Map.of("INPUT_MODE", "relay"), Optional.of(StepMode.SAVE))
                        .mode())
                .isEqualTo(StepMode.SAVE);
    }

    @Test
    void understandsHowToSettleAConflict() {
        assertThat(read().onConflict()).isEqualTo(OnConflict.MERGE);
        assertThat(read("on-conflict", "fail").onConflict()).isEqualTo(OnConflict.FAIL);
        assertThat(read("on-conflict", "keep-both").onConflict()).isEqualTo(OnConflict.KEEP_BOTH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode | both | relay, save, restore",
                "store | s3 | auto, git, gist, release, folder:<path>",
                "store | folder: | folder:<path>",
                "store | folder | folder:<path>",
                "on-missing | fail | warn, error, ignore",
                "on-conflict | theirs | merge, fail, keep-both",
                "allow-public | yes | true, false",
                "summary | 1 | true, false",
                "explain | TrUe | true, false",
                "plan-issue | #12 | the number of an issue",
                "plan-issue | 0 | the number of an issue",
                "plan-issue | 99999999999999999999 | the number of an issue",
                "source | moon | local, remote",
                "session-id | ../../etc/passwd | a session id is a UUID",
                "ref | nonsense | a ref is what"
            })
    void namesTheInputTheValueAndWhatIsAllowed(String name, String value, String allowed) {
        assertThatThrownBy(() -> read(name, value))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.describe())
                                .contains("input " + name)
                                .contains(value)
                                .contains(allowed));
    }

    @Test
    void refusesControlCharacters() {
        assertThatThrownBy(() -> read("branch", "a\n::error::b")).hasMessageContaining("input branch");
        assertThatThrownBy(() -> read("token", "a\nb")).hasMessageContaining("input token");
    }

    @Test
    void doesNotShowARefusedToken() {
        assertThatThrownBy(() -> read("token", "ghp_se\ncret"))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.describe()).doesNotContain("ghp_se"));
        assertThat(read("token", "ghp_secret").toString()).doesNotContain("ghp_secret");
    }

    @ParameterizedTest
    @CsvSource({
        "mode=save;ref=gist:abc",
        "mode=save;restore-keys=x",
        "ref=gist:abc;restore-keys=x",
        "mode=restore;ref=gist:abc;session-id=" + ID,
        "store=gist;layout=erk",
        "store=folder:x;branch=y",
        "store=release;path=z",
        "store=release;user=z",
        "store=gist;history=squash",
        "store=folder:x;base=default",
        "store=gist;repository=a/b"
    })
    void refusesInputsThatContradictEachOther(String given) {
        assertThatThrownBy(() -> read(given.split("[;=]")))
                .hasMessageContaining("contradict")
                .isInstanceOf(Failure.class);
    }

    private static Inputs read(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put("INPUT_" + namesAndValues[i].toUpperCase(Locale.ROOT), namesAndValues[i + 1]);
        }
        return Inputs.read(environment, Optional.empty());
    }
}
