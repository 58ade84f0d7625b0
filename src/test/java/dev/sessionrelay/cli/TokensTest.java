package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Recorder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which server is shown which token. */
class TokensTest {
    private static final String ID = "00000000-0000-4000-8000-000000000001";

    private Recorder server;
    private Machine machine;

    @BeforeEach
    void layOut(@TempDir Path root) throws IOException {
        server = Recorder.thatKnowsNothing();
        machine = Machine.at(root)
                .with("SESSION_RELAY_TOKEN", "tok-own")
                .with("GITHUB_TOKEN", "tok-github")
                .with("GH_TOKEN", "tok-gh");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String basic(String token) {
        return "Basic "
                + Base64.getEncoder().encodeToString(("x-access-token:" + token).getBytes(StandardCharsets.UTF_8));
    }

    private List<String> shownBy(String... arguments) {
        int before = server.asked().size();
        Machine.Run run = machine.run(arguments);
        List<Recorder.Asked> asked = server.asked();
        assertThat(asked).as(run.err()).hasSizeGreaterThan(before);
        return asked.subList(before, asked.size()).stream()
                .map(Recorder.Asked::authorization)
                .distinct()
                .toList();
    }

    @Test
    void aNamedStoreGetsTheTokenOfOurOwn() {
        assertThat(shownBy("list", "--store", "git:" + server.at() + "/o/n.git"))
                .containsExactly(basic("tok-own"));
        assertThat(shownBy("list", "--store", "git", "--repository", server.at() + "/o/n"))
                .containsExactly(basic("tok-own"));
    }

    @Test
    void aStoreThatIsNotGitHubGetsNoTokenOfGitHub() {
        machine.without("SESSION_RELAY_TOKEN");

        assertThat(shownBy("list", "--store", "git:" + server.at() + "/o/n.git"))
                .containsExactly("");
    }

    @Test
    void aRefGetsNoneUnlessItsServerIsNamed() {
        String ref = "git:" + server.at() + "/o/n.git#session-relay/main/" + ID;

        assertThat(shownBy("restore", ref)).containsExactly("");
        assertThat(shownBy("show", ref)).containsExactly("");
        assertThat(shownBy("restore", ref, "--repository", "https://git.example.com/o/n"))
                .containsExactly("");
        assertThat(shownBy("restore", ref, "--store", "git:" + server.at() + "/other"))
                .containsExactly(basic("tok-own"));
        assertThat(shownBy("restore", ref, "--repository", server.at() + "/other"))
                .containsExactly(basic("tok-own"));
        assertThat(machine.run("restore", ref).err()).contains("--repository");
    }

    /** A folder that came from anywhere tells where it was cloned from. */
    @Test
    void aCheckoutsOriginGetsNone() throws IOException {
        Files.createDirectories(machine.folder().resolve(".git"));
        Files.writeString(machine.folder().resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(
                machine.folder().resolve(".git/config"), "[remote \"origin\"]\n\turl = " + server.at() + "/o/n.git\n");

        assertThat(shownBy("list", "--store", "git")).containsExactly("");
    }

    @Test
    void theTokenOfAnAddressGoesThereAlone() {
        String address = server.at().replace("//", "//jo:s3cr3t-of-jo@");

        assertThat(shownBy("list", "--store", "git:" + address + "/o/n.git"))
                .containsExactly("Basic "
                        + Base64.getEncoder().encodeToString("jo:s3cr3t-of-jo".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void oursIsNotShownToGitHubWhenItIsForAnotherServer() throws IOException {
        try (Recorder github = Recorder.thatKnowsNothing()) {
            machine.with("GITHUB_API_URL", github.at());
            List<String> restore = List.of("restore", "--key", "k", "--store", "git:" + server.at() + "/o/n.git");
            List<String> signed = List.of("--trust", "signed", "--allowed-signers", "github:octocat");
            machine.run(Stream.concat(restore.stream(), signed.stream()).toArray(String[]::new));

            assertThat(github.asked())
                    .isNotEmpty()
                    .allMatch(asked -> asked.authorization().equals("Bearer tok-github"));
        }
    }
}
