package dev.sessionrelay.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.standin.Faults.Fault;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.http.Credential;
import dev.sessionrelay.http.Server;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GitHubTest {
    private static final String PATH = "/repos/octocat/hello/releases?per_page=100";
    private static final String DOING = "list the releases of octocat/hello";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private StandIn standIn;
    private Repo repo;

    @BeforeEach
    void start() throws IOException {
        standIn = StandIn.start();
        repo = standIn.hub().repository("octocat/hello", false);
        standIn.hub().grant("ghs_job", new Grant.Installation(Set.of("contents: write")));
        standIn.hub().grant("ghs_reads", new Grant.Installation(Set.of("contents: read")));
        standIn.hub().grant("github_pat_fine", new Grant.FineGrained(Set.of("contents: read")));
        standIn.hub().grant("ghp_classic", new Grant.Classic(Set.of("repo")));
    }

    @AfterEach
    void everyExchangeWasAsGitHubDescribesIt() {
        assertThat(standIn.ledger().errors()).isEmpty();
        standIn.close();
    }

    private GitHub connect(String token) {
        Server server = Server.of(Map.of("GITHUB_API_URL", standIn.at().api()));
        return GitHub.connect(
                server,
                token.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Credential.ofToken(token, "GH_TOKEN", server.origins())),
                new Proxies(Map.of()),
                new Pauses(Duration.ofMillis(1), 4, Duration.ofSeconds(5), told::add));
    }

    private static ObjectNode draft(String tag) {
        return GitHub.JSON
                .createObjectNode()
                .put("tag_name", tag)
                .put("name", "title")
                .put("body", "notes")
                .put("draft", true);
    }

    private static JsonNode create(GitHub github, String tag) throws IOException {
        return github.post("/repos/octocat/hello/releases", draft(tag), "create a draft", Permission.CONTENTS_WRITE)
                .orFail();
    }

    @Test
    void readsAllPages() throws IOException {
        try (GitHub github = connect("ghs_job")) {
            for (int i = 0; i < 7; i++) {
                create(github, "tag-" + i);
            }
            assertThat(github.list("/repos/octocat/hello/releases?per_page=3", DOING, Permission.CONTENTS_WRITE))
                    .hasSize(7);
        }
    }

    @Test
    void followsARenamedRepository() throws IOException {
        standIn.hub().rename("octocat/hello", "world");
        try (GitHub github = connect("ghs_job")) {
            create(github, "tag-1");
            assertThat(github.list(PATH, DOING, Permission.CONTENTS_WRITE)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"STARTER"})
    void readsThroughAnySingleFault(Fault fault) {
        standIn.faults().at(0, fault);
        try (GitHub github = connect("ghs_job")) {
            assertThat(github.list(PATH, DOING, Permission.CONTENTS_WRITE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET_BEFORE", "RESET_AFTER", "BAD_GATEWAY_BEFORE", "BAD_GATEWAY_AFTER", "CUT_SHORT"})
    void neverRepeatsACreationWhoseAnswerWasLost(Fault fault) {
        standIn.faults().at(0, fault);
        try (GitHub github = connect("ghs_job")) {
            assertThatThrownBy(() -> create(github, "tag-1")).isInstanceOf(UnknownOutcome.class);
        }
        assertThat(standIn.faults().requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"TOO_MANY_WITH_SECONDS", "TOO_MANY_WITH_DATE", "SECONDARY", "PRIMARY"})
    void waitsWhenToldAndSaysSo(Fault fault) throws IOException {
        standIn.faults().at(0, fault).at(1, fault);
        try (GitHub github = connect("ghs_job")) {
            create(github, "tag-1");
        }
        assertThat(repo.releases()).hasSize(1);
        assertThat(told).hasSize(2).first().asString().startsWith("GitHub asks to wait");
    }

    @Test
    void waitsNoLongerThanAgreed() {
        standIn.faults().always(Fault.PRIMARY);
        GitHub impatient = GitHub.connect(
                Server.of(Map.of("GITHUB_API_URL", standIn.at().api())),
                Optional.empty(),
                new Proxies(Map.of()),
                new Pauses(Duration.ofMillis(1), 4, Duration.ZERO, told::add));
        try (impatient) {
            Failure failure = failureOf(() -> impatient.list(PATH, DOING, Permission.CONTENTS_WRITE));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(failure)
                    .hasMessage(
                            "could not list the releases of octocat/hello: GitHub allows no more for now: the token's"
                                    + " 1000 requests an hour are used up");
            assertThat(failure.next()).contains("run this again in").contains("another account's token");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void givesUpOnAServerThatStaysBroken() {
        standIn.faults().always(Fault.BAD_GATEWAY_BEFORE);
        try (GitHub github = connect("ghs_job")) {
            Failure failure = failureOf(() -> github.list(PATH, DOING, Permission.CONTENTS_WRITE));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(failure).hasMessageContaining("GitHub answers 502, over and over");
        }
        assertThat(standIn.faults().requests()).isEqualTo(4);
    }

    @Test
    void saysWhatAPersonCanDoAboutAServerThatIsNotThere() {
        standIn.close();
        try (GitHub github = connect("ghs_job")) {
            Failure failure = failureOf(() -> github.list(PATH, DOING, Permission.CONTENTS_WRITE));
            assertThat(failure)
                    .hasMessage(
                            "could not list the releases of octocat/hello: localhost was not reached, the connection"
                                    + " was refused");
            assertThat(failure.next()).contains("HTTPS_PROXY");
        }
    }

    @Test
    void namesThePermissionThatAJobLacks() {
        try (GitHub github = connect("ghs_reads")) {
            Failure failure = failureOf(() -> create(github, "tag-1"));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
            assertThat(failure).hasMessageContaining("the job's token lacks the permission \"contents: write\"");
            assertThat(failure.next())
                    .contains("permissions: { contents: write }")
                    .contains("fork");
        }
    }

    @Test
    void namesThePermissionThatAFineGrainedTokenLacks() {
        try (GitHub github = connect("github_pat_fine")) {
            Failure failure = failureOf(() -> create(github, "tag-1"));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
            assertThat(failure).hasMessageContaining("lacks the permission \"Contents: read and write\"");
        }
    }

    @Test
    void saysThatATokenIsExpired() {
        try (GitHub github = connect("ghp_expired")) {
            Failure failure = failureOf(() -> github.list(PATH, DOING, Permission.CONTENTS_WRITE));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
            assertThat(failure)
                    .hasMessageContaining("GitHub does not accept the token from GH_TOKEN (Bad credentials)");
            assertThat(failure.describe()).doesNotContain("ghp_expired");
        }
    }

    @Test
    void saysThatARepositoryIsArchived() {
        repo.archive();
        try (GitHub github = connect("ghs_job")) {
            assertThat(failureOf(() -> create(github, "tag-1")))
                    .hasMessageContaining("the repository is archived, and so read-only");
        }
    }

    @Test
    void asksForATokenWhereNoneWasGiven() {
        try (GitHub github = connect("")) {
            Failure failure = failureOf(() -> create(github, "tag-1"));
            assertThat(failure).hasMessageContaining("GitHub asks for a token, and none was given");
            assertThat(failure.next()).contains("gh auth token");
        }
    }

    @Test
    void saysThatARepositoryIsNotThereOrNotShown() {
        try (GitHub github = connect("ghs_job")) {
            Failure failure = failureOf(() -> github.list(
                    "/repos/octocat/nowhere/releases",
                    "list the releases of octocat/nowhere",
                    Permission.CONTENTS_WRITE));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
            assertThat(failure).hasMessageContaining("it is not there, or the token from GH_TOKEN may not see it");
        }
    }

    /** The stand-in itself notes a token that goes to its host for downloads. */
    @Test
    void keepsTheTokenFromTheHostOfDownloads() throws IOException {
        try (GitHub github = connect("ghs_job")) {
            JsonNode release = create(github, "tag-1");
            String upload = release.path("upload_url").asText().replaceFirst("\\{.*", "?name=a.txt");
            JsonNode asset = github.upload(
                            URI.create(upload),
                            new Call.Body.OfText("hello", "text/plain"),
                            "send",
                            Permission.CONTENTS_WRITE)
                    .orFail();
            Optional<byte[]> bytes = github.download(
                    URI.create(asset.path("url").asText()),
                    InputStream::readAllBytes,
                    "fetch the asset",
                    Permission.CONTENTS_WRITE);
            assertThat(bytes.orElseThrow()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(standIn.ledger().lines())
                .filteredOn(line -> line.host().equals("files"))
                .hasSize(1);
    }

    @Test
    void refusesToSendTheTokenToAPlaceThatAnAnswerMadeUp() {
        try (GitHub github = connect("ghs_job")) {
            Failure failure = failureOf(() -> github.upload(
                    URI.create("http://127.0.0.1:1/assets?name=a"),
                    new Call.Body.OfText("", "text/plain"),
                    "send the archive",
                    Permission.CONTENTS_WRITE));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
        }
    }

    private static Failure failureOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        return catchThrowableOfType(Failure.class, action);
    }
}
