package dev.sessionrelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.github.Proxies;
import dev.sessionrelay.http.Credentials;
import dev.sessionrelay.plan.PlanConnection;
import dev.sessionrelay.protect.seal.GitHubKeys;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever holds the environment does not show it when somebody prints it. */
class NoTokenInTextTest {
    private static final String TOKEN = "ghp_madeup";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("GH_TOKEN", TOKEN, "https_proxy", "http://me:" + TOKEN + "@proxy");

    static Stream<Object> holders() {
        Credentials credentials = Credentials.of(ENVIRONMENT);
        return Stream.of(
                credentials,
                credentials.ofGitHub().orElseThrow(),
                new Proxies(ENVIRONMENT),
                new GitHubKeys(ENVIRONMENT, credentials, line -> {}),
                new PlanConnection(ENVIRONMENT, credentials, Optional.of("octocat/hello"), line -> {}),
                new StoreContext(ENVIRONMENT, Path.of("/work"), Map.of("token", TOKEN)));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void showsNoToken(Object holder) {
        assertThat(holder.toString()).isNotBlank().doesNotContain(TOKEN);
    }
}
