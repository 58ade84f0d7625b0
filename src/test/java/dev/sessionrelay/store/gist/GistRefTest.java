package dev.sessionrelay.store.gist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.store.Ref;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GistRefTest {
    private static final String ID = "506a8bae90d090d89a6e7257f097e351";
    private static final String REVISION = "f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f";
    private static final String FILE = "session-7c53d351-013c-4308-a705-3cc3387680a2.jsonl";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID,
                "https://gist.github.com/" + ID,
                "https://gist.github.com/octocat/" + ID,
                "https://gist.github.com/octocat/" + ID + "/",
                "https://gist.github.com/octocat/" + ID + "#file-session-7c53d351-jsonl",
                "gist.github.com/octocat/" + ID,
                "https://gist.github.com/octocat/" + ID + ".git",
                "https://gist.github.com/" + ID + ".git",
                "git@gist.github.com:" + ID + ".git",
                "https://gist.githubusercontent.com/octocat/" + ID + "/raw",
                "https://gist.githubusercontent.com/octocat/" + ID + "/raw/",
                "https://gist.githubusercontent.com/octocat/" + ID + "/raw/" + FILE,
                "https://git.example.com/gist/" + ID,
                "https://git.example.com/gist/octocat/" + ID,
            })
    void takesEveryFormThatPeoplePaste(String text) {
        assertThat(GistRef.of(new Ref("gist", text))).isEqualTo(new GistRef(ID, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID + "@" + REVISION,
                "https://gist.github.com/octocat/" + ID + "/" + REVISION,
                "https://gist.githubusercontent.com/octocat/" + ID + "/raw/" + REVISION + "/" + FILE,
                "https://gist.githubusercontent.com/octocat/" + ID + "/raw/" + REVISION,
            })
    void knowsTheRevisionInIt(String text) {
        assertThat(GistRef.of(new Ref("gist", text))).isEqualTo(new GistRef(ID, Optional.of(REVISION)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "octocat", "https://github.com/octocat/hello", "https://gist.github.com/", "../" + ID})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> GistRef.of(new Ref("gist", text))).hasMessageContaining("names no gist");
    }
}
