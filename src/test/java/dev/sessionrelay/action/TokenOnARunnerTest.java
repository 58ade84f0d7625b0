package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.action.runner.StandInRunner;
import dev.sessionrelay.testing.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The job's token is GitHub's. A ref may name any host: none of them is shown the token, and by default none is
 * asked.
 */
class TokenOnARunnerTest {
    private static final String TOKEN = "ghs_5d0f6a91c3e2";
    private static final String REF = "/o/n.git#session-relay/main/00000000-0000-4000-8000-000000000001";

    private Recorder network;
    private StandInRunner runner;

    @BeforeEach
    void layOut(@TempDir Path root) throws IOException {
        network = Recorder.thatKnowsNothing();
        runner = new StandInRunner(root).with("token", TOKEN);
        for (String proxy : List.of("http_proxy", "https_proxy", "all_proxy")) {
            runner.environment.put(proxy, network.at());
        }
        runner.environment.put("GITHUB_API_URL", "https://api.github.com");
        runner.environment.put("GH_TOKEN", TOKEN);
        runner.environment.put("GITHUB_TOKEN", TOKEN);
    }

    @AfterEach
    void stop() {
        network.close();
    }

    private static String hosts(String where, Recorder network) {
        return where.replace("$here", "127.0.0.1:" + network.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git:http://evil.example",
                "git:https://evil.example",
                "git:http://$here",
                "git:http://127.evil.example",
                "git:http://localhost.evil.example",
                "git:http://evil.localhost",
                "git:https://github.com.evil.example",
                "git:https://github.com@evil.example",
                "git:https://github.com%2f@evil.example",
                "git:git@evil.example:",
                "git:ssh://git@evil.example:22",
                "git:HTTP://evil.example",
                "git:http://github.com",
                "git:https://github.com:8443",
            })
    void asksNoPlaceThatARefNames(String where) {
        StandInRunner.Ended step =
                runner.with("ref", hosts(where, network) + REF).run("restore");

        assertThat(step.exitCode()).as(step.log()).isIn(2, 3, 6);
        assertThat(network.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git:http://evil.example",
                "git:http://$here",
                "git:http://127.evil.example",
                "git:http://evil.localhost"
            })
    void showsNobodyTheTokenWhoeverIsTrusted(String where) {
        for (String trust : List.of("any", "owner:o", "same-repository")) {
            runner.with("ref", hosts(where, network) + REF).with("trust", trust).run("restore");
            runner.nextJob();
        }

        assertThat(network.asked())
                .isNotEmpty()
                .allMatch(asked -> asked.authorization().isEmpty());
    }

    /** Who names the store of another host gives its token apart, so that the job's own never goes there. */
    @Test
    void showsAHostThatTheWorkflowNamesTheTokenForIt() {
        runner.with("store", "git").with("repository", network.at() + "/o/n.git");
        runner.run("restore");
        assertThat(network.asked())
                .isNotEmpty()
                .allMatch(asked -> asked.authorization().isEmpty());

        runner.nextJob();
        runner.environment.put("SESSION_RELAY_TOKEN", "tok-1");
        runner.run("restore");
        assertThat(network.asked().getLast().authorization()).isEqualTo("Basic eC1hY2Nlc3MtdG9rZW46dG9rLTE=");
    }

    @Test
    void saysWhatIsWrongWithATokenOfTwoLinesAndNotWhatItIs() {
        runner.environment.put("INPUT_TOKEN", "");
        runner.environment.put("GITHUB_TOKEN", TOKEN + "\nX-Evil: " + TOKEN);
        StandInRunner.Ended step = runner.with("store", "release").run("restore");

        assertThat(step.exitCode()).isEqualTo(2);
        assertThat(step.log()).contains("the token from GITHUB_TOKEN has a line break");
        assertThat(step.log().replace("::add-mask::" + TOKEN, "")).doesNotContain(TOKEN);
        assertThat(network.asked()).isEmpty();
    }
}
