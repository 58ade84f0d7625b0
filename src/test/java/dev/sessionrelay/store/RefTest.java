package dev.sessionrelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.stores.Stores;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefTest {
    private static final String ID = "7c53d351-013c-4308-a705-3cc3387680a2";

    @Test
    void isReadAsItIsWritten() {
        assertThat(Ref.parse(" folder:/a:b/ c/" + ID + "\n")).isEqualTo(new Ref("folder", "/a:b/ c/" + ID));
        assertThat(Ref.parse("git:o/r#x").toString()).isEqualTo("git:o/r#x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", ":", "folder:", ":x", "fol\nder:x", "folder:\u001b[31m"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Ref.parse(text))
                .hasMessageContaining("is no ref")
                .extracting(failure -> ((Failure) failure).exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    @ParameterizedTest
    @CsvSource({
        "folder:/srv/sessions, folder:/srv/sessions",
        "folder:rel/../sessions/, folder:/w/sessions",
        "folder, folder:/data/session-relay",
        "folder:, folder:/data/session-relay",
    })
    void opensTheStoreThatIsNamed(String text, String name) {
        assertThat(Stores.open(text, surroundings(Map.of("XDG_DATA_HOME", "/data")))
                        .name())
                .isEqualTo(name);
    }

    @Test
    void ignoresADataFolderThatIsNoWholePath() {
        assertThat(Stores.open("folder", surroundings(Map.of("XDG_DATA_HOME", "data", "HOME", "/home/dev")))
                        .name())
                .isEqualTo("folder:/home/dev/.local/share/session-relay");
        assertThatThrownBy(() -> Stores.open("folder", surroundings(Map.of())))
                .hasMessageContaining("neither XDG_DATA_HOME nor HOME is set");
    }

    @Test
    void opensTheStoreThatARefPointsInto() {
        Ref ref = Ref.parse("folder:/srv/sessions/" + ID);

        assertThat(Stores.openFor(ref, surroundings(Map.of())).name()).isEqualTo("folder:/srv/sessions");
        assertThatThrownBy(() -> Stores.openFor(Ref.parse("folder:/srv"), surroundings(Map.of())))
                .hasMessageContaining("\"folder:/srv\" is no ref of a folder store");
        assertThatThrownBy(() -> Stores.openFor(Ref.parse("s3:x"), surroundings(Map.of())))
                .hasMessageContaining("\"s3:x\" names no store that is known here");
    }

    @Test
    void stripsKeysAndLimitsThem() {
        assertThat(new Key(" pr-12 ").text()).isEqualTo("pr-12");
        assertThat(new Key("x".repeat(200)).text()).hasSize(200);
        assertThatThrownBy(() -> new Key("x".repeat(201))).hasMessageContaining("is no key");
    }

    private static StoreContext surroundings(Map<String, String> environment) {
        return new StoreContext(environment, Path.of("/w"), Map.of());
    }
}
