package dev.sessionrelay.store.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoKindTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private StandIn standIn;

    @BeforeEach
    void start() throws IOException {
        standIn = StandIn.start();
        standIn.hub().repository("octocat/open", false);
        standIn.hub().repository("octocat/closed", true);
        standIn.hub().grant("ghs_job", new Grant.Installation(Set.of("contents: write")));
        environment.put("GITHUB_API_URL", standIn.at().api());
        environment.put("GITHUB_SERVER_URL", "https://github.com");
        environment.put("GITHUB_TOKEN", "ghs_job");
    }

    @AfterEach
    void stop() {
        assertThat(standIn.ledger().errors()).isEmpty();
        standIn.close();
    }

    private String opened(String store, String... options) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        return Stores.open(store, new StoreContext(environment, folder, given)).name();
    }

    @Test
    void takesADraftReleaseOfAPublicRepositoryAndABranchOfAPrivateOne() {
        assertThat(opened("auto:octocat/open")).isEqualTo("release:octocat/open");
        assertThat(opened("auto:octocat/closed")).isEqualTo("git:octocat/closed");
        assertThat(opened("auto:https://github.com/octocat/open.git")).isEqualTo("release:octocat/open");
    }

    @Test
    void doesNotAskWhatTheRunnerHasSaid() {
        assertThat(opened("auto:octocat/unknown", "visibility", "public")).isEqualTo("release:octocat/unknown");
        assertThat(opened("auto:octocat/unknown", "visibility", "private")).isEqualTo("git:octocat/unknown");
        assertThat(standIn.ledger().lines()).isEmpty();
    }

    @Test
    void takesTheRepositoryThatTheFolderWasClonedFrom() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(
                folder.resolve(".git/config"), "[remote \"origin\"]\n\turl = git@github.com:octocat/open.git\n");
        assertThat(opened("auto")).isEqualTo("release:octocat/open");
        assertThat(opened("auto", "repository", "octocat/closed")).isEqualTo("git:octocat/closed");
    }

    @Test
    void takesABranchWhereOneIsMeant() {
        assertThat(opened("auto:octocat/open", "layout", "erk")).isEqualTo("git:octocat/open");
        assertThat(opened("auto:octocat/open", "pull-request", "false")).isEqualTo("release:octocat/open");
    }

    @Test
    void takesABranchOutsideOfGitHub() {
        assertThat(opened("auto:" + folder)).isEqualTo("git:" + folder);
        assertThat(opened("auto:https://gitlab.com/octocat/open")).startsWith("git:https://gitlab.com/octocat/open");
        assertThat(standIn.ledger().lines()).isEmpty();
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(failure("auto")).hasMessageContaining("cannot tell which repository");
        assertThat(failure("auto:octocat/nowhere"))
                .hasMessageContaining("could not look at octocat/nowhere")
                .extracting(Failure::exitCode)
                .isEqualTo(ExitCode.NOTHING_FOUND);
        environment.remove("GITHUB_TOKEN");
        assertThat(failure("auto:octocat/open").next()).contains("gh auth token");
    }

    private Failure failure(String store) {
        return catchThrowableOfType(Failure.class, () -> opened(store));
    }

    @Test
    void hasNoRefsOfItsOwn() {
        Failure failure = catchThrowableOfType(
                Failure.class,
                () -> Stores.openFor(Ref.parse("auto:octocat/open"), new StoreContext(environment, folder, Map.of())));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
    }
}
