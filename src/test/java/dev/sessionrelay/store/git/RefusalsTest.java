package dev.sessionrelay.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which a host can say no, or nothing: each has words of its own, a way out, and no token in it. */
class RefusalsTest {
    private static final SessionId ID = Conversation.id(1);
    private static final String GH013 = """
            remote: error: GH013: Repository rule violations found for refs/heads/session-relay/pr-12.
            remote:
            remote: - GITHUB PUSH PROTECTION
            remote:   —————————————————————————————————————————
            remote:     Resolve the following violations before pushing again
            remote:
            remote:     - Push cannot contain secrets
            remote:
            remote:      (?) Learn how to resolve a blocked push
            remote:
            remote:       —— GitHub Personal Access Token ——————————————————————
            remote:        locations:
            remote:          - commit: 8728dbe67
            remote:            path: sessions/x/transcript/0.jsonl:1
            remote:
            remote:       —— Amazon AWS Access Key ID ——————————————————————
            """;

    @TempDir
    private Path temporary;

    private SessionStore open(String place, Map<String, String> environment) {
        return new GitKind().open(place, new StoreContext(environment, temporary, Map.of()));
    }

    private Failure find(StandInHost.Answering answering) throws IOException {
        return find(answering, Map.of());
    }

    private Failure find(StandInHost.Answering answering, Map<String, String> more) throws IOException {
        try (StandInHost host = new StandInHost(answering)) {
            Map<String, String> environment = new HashMap<>(host.environment());
            environment.putAll(more);
            return find(open("owner/name", environment));
        }
    }

    private static Failure find(SessionStore store) {
        return requireWords(catchThrowableOfType(
                Failure.class, () -> store.find(new Query.BySession(ID, Optional.of(new Key("pr-12"))))));
    }

    private Failure save(StandInHost.Answering answering) throws IOException {
        try (StandInHost host = new StandInHost(answering)) {
            return requireWords(catchThrowableOfType(
                    Failure.class,
                    () -> open("owner/name", host.environment())
                            .save(Bundles.of(ID).build(), Optional.empty())));
        }
    }

    private static Failure requireWords(Failure failure) {
        assertThat(failure).isNotNull();
        assertThat(failure.describe()).doesNotContain(StandInHost.TOKEN).doesNotContain("Exception");
        assertThat(failure.next()).isNotEmpty();
        return failure;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | Invalid username or token. Password authentication is not supported for Git operations. | does not"
                        + " accept the token",
                "403 | Permission to owner/name.git denied to somebody. | the user of this token may not write",
                "403 | Write access to repository not granted. | may read http",
                "403 | | forbids reading to this token",
                "404 | Repository not found. | is not there, or it is private",
                "413 | | refuses a push of this size",
            })
    void saysWhatTheHostMeans(int status, String text, String words) throws IOException {
        Failure failure = find(exchange -> StandInHost.say(exchange, status, text == null ? "" : text));

        assertThat(failure).hasMessageContaining(words);
        assertThat(failure.exitCode()).isEqualTo(status == 413 ? ExitCode.BAD_INPUT : ExitCode.NOT_ALLOWED);
    }

    @Test
    void saysThatAnAddressWasMadeFromOneOfSsh() {
        Failure failure = find(open("ssh://git@localhost/owner/name.git", Map.of("SESSION_RELAY_TIMEOUT", "2")));

        assertThat(failure).hasMessageContaining("made from an address of ssh");
    }

    @Test
    void asksForATokenWhereThereIsNone() throws IOException {
        Failure failure = find(exchange -> StandInHost.say(exchange, 401, ""), Map.of("GITHUB_TOKEN", ""));

        assertThat(failure).hasMessageContaining("asks for a token, and there is none");
        assertThat(failure.next()).contains("SESSION_RELAY_TOKEN");
    }

    @Test
    void triesAgainWhenTheHostStumbles() throws IOException {
        AtomicInteger count = new AtomicInteger();
        try (StandInHost host = new StandInHost(exchange -> {
            boolean stumbles = count.incrementAndGet() < 3;
            StandInHost.say(exchange, stumbles ? 502 : 200, stumbles ? "<html>Bad Gateway</html>" : "0000");
        })) {
            assertThat(open("owner/name", host.environment()).list().sessions()).isEmpty();
            assertThat(host.seen()).hasSize(3).allMatch(request -> request.endsWith("with a token"));
        }
    }

    @Test
    void givesUpOnAHostThatStumblesOnAndOn() throws IOException {
        Failure failure = find(exchange -> StandInHost.say(exchange, 502, "<html>Bad Gateway</html>"));

        assertThat(failure).hasMessageContaining("HTTP 502 again and again").hasMessageNotContaining("html");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void waitsForASilentHostOnlySoLong() throws IOException {
        Failure failure = find(exchange -> pause(20_000), Map.of("SESSION_RELAY_TIMEOUT", "1"));

        assertThat(failure).hasMessageContaining("did not answer in time");
    }

    @Test
    void noticesAnAnswerThatIsNoGit() throws IOException {
        assertThat(find(exchange -> StandInHost.say(exchange, 200, "<html>please log in</html>")))
                .hasMessageContaining("is no git server");
    }

    @Test
    void noticesAnAnswerThatBreaksOff() throws IOException {
        assertThat(find(exchange -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write("003f".getBytes(StandardCharsets.US_ASCII));
                    exchange.close();
                }))
                .hasMessageContaining("broke");
    }

    @Test
    void takesNoTokenToAnotherHost() throws IOException {
        try (StandInHost other = new StandInHost(exchange -> StandInHost.say(exchange, 200, "0000"))) {
            Failure failure = find(exchange -> {
                exchange.getResponseHeaders()
                        .set("Location", "http://localhost:" + other.port() + "/owner/name.git/git-upload-pack");
                StandInHost.say(exchange, 307, "");
            });

            assertThat(failure).hasMessageContaining("sends to another place");
            assertThat(other.seen()).isEmpty();
        }
    }

    @Test
    void followsARenamedRepositoryOnTheSameHost() throws IOException {
        try (StandInHost host = new StandInHost(exchange -> {
            boolean old = exchange.getRequestURI().getPath().startsWith("/owner/name");
            exchange.getResponseHeaders().set("Location", "/owner/renamed.git/git-upload-pack");
            StandInHost.say(exchange, old ? 301 : 200, old ? "" : "0000");
        })) {
            assertThat(open("owner/name", host.environment()).list().sessions()).isEmpty();
            assertThat(host.seen())
                    .last()
                    .asString()
                    .startsWith("POST /owner/renamed.git")
                    .endsWith("with a token");
        }
    }

    @Test
    void givesTheTokenOfGitHubToGitHubAlone() throws IOException {
        try (StandInHost host = new StandInHost(exchange -> StandInHost.say(exchange, 200, "0000"))) {
            Map<String, String> elsewhere =
                    Map.of("GITHUB_SERVER_URL", "https://github.com", "GITHUB_TOKEN", StandInHost.TOKEN);
            String url = "http://127.0.0.1:" + host.port() + "/owner/name.git";
            open(url, elsewhere).list();
            open(url.replace("//", "//x:" + StandInHost.TOKEN + "@"), elsewhere).list();

            assertThat(host.seen().getFirst()).doesNotContain("with a token");
            assertThat(host.seen().getLast()).endsWith("with a token");
            assertThat(open(url.replace("//", "//x:" + StandInHost.TOKEN + "@"), elsewhere)
                            .name())
                    .isEqualTo("git:" + url);
        }
    }

    @Test
    void sendsNoTokenInTheOpen() {
        Failure failure = catchThrowableOfType(
                Failure.class, () -> open("http://x:" + StandInHost.TOKEN + "@git.example.com/o/n", Map.of()));

        requireWords(failure);
        assertThat(failure).hasMessageContaining("in the open");
    }

    @Test
    void saysWhyAHostCannotBeReached() throws IOException {
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        String refused = "http://127.0.0.1:" + closed + "/o/n.git";
        assertThat(find(open(refused, Map.of()))).hasMessageContaining("the connection was refused");
        assertThat(find(open("https://no-such-host.invalid/o/n.git", Map.of())))
                .hasMessageContaining("there is no host no-such-host.invalid");
        assertThat(find(open("https://git.example.com/o/n.git", Map.of("HTTPS_PROXY", "http://127.0.0.1:" + closed))))
                .hasMessageContaining("through the proxy 127.0.0.1:" + closed);
        assertThat(find(open(refused, Map.of("http_proxy", "http://127.0.0.1:1", "NO_PROXY", "127.0.0.1"))))
                .hasMessageNotContaining("proxy");
    }

    @Test
    void asksTheProxy() throws IOException {
        try (StandInHost proxy = new StandInHost(exchange -> StandInHost.say(exchange, 407, ""))) {
            Failure failure = find(
                    open("http://git.example.com/o/n.git", Map.of("http_proxy", "http://127.0.0.1:" + proxy.port())));

            assertThat(failure).hasMessageContaining("asks for a login");
        }
    }

    @Test
    void trustsNoUnknownCertificate() throws IOException {
        try (StandInHost host =
                StandInHost.withItsOwnCertificate(temporary, exchange -> StandInHost.say(exchange, 200, "0000"))) {
            Failure failure = find(open("https://127.0.0.1:" + host.port() + "/o/n.git", Map.of()));

            assertThat(failure).hasMessageContaining("could not trust the connection");
            assertThat(failure.next()).contains("certificate authority", "trustStore");
            assertThat(failure).hasMessageContaining("nobody that this machine knows vouches for its certificate");
            assertThat(host.seen()).isEmpty();
        }
    }

    @Test
    void hasPatienceWithASlowLine() throws IOException {
        Map<String, String> patience = new HashMap<>(Map.of("SESSION_RELAY_TIMEOUT", "2"));
        try (StandInHost host = new StandInHost(exchange -> {
            exchange.sendResponseHeaders(200, 4);
            for (int i = 0; i < 4; i++) {
                pause(700);
                exchange.getResponseBody().write('0');
                exchange.getResponseBody().flush();
            }
            exchange.close();
        })) {
            patience.putAll(host.environment());
            assertThat(open("owner/name", patience).list().sessions()).isEmpty();
            assertThat(host.seen()).hasSize(1);
        }
    }

    @Test
    void givesUpOnAHostThatTakesNothingAnyMore() throws IOException {
        byte[] noise = new byte[24_000_000];
        RandomGenerator.getDefault().nextBytes(noise);
        try (StandInHost host = new StandInHost(StandInHost.answeringPushes(exchange -> pause(20_000)))) {
            Map<String, String> environment = new HashMap<>(host.environment());
            environment.put("SESSION_RELAY_TIMEOUT", "1");
            Failure failure = requireWords(catchThrowableOfType(
                    Failure.class,
                    () -> open("owner/name", environment)
                            .save(Bundles.of(ID).with("noise", noise).build(), Optional.empty())));

            assertThat(failure).hasMessageContaining("did not answer in time (it takes no more data)");
        }
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void understandsAServerThatKnowsNoBands() throws IOException {
        byte[] done = StandInHost.plainly("ok refs/heads/session-relay/pr-12");
        try (StandInHost host =
                new StandInHost(StandInHost.answeringPushes(exchange -> StandInHost.say(exchange, 200, done)))) {
            assertThatCode(() -> open("owner/name", host.environment())
                            .save(Bundles.of(ID).build(), Optional.empty()))
                    .doesNotThrowAnyException();
        }
        byte[] refused = StandInHost.plainly("ng refs/heads/session-relay/pr-12 protected branch hook declined");
        assertThat(save(StandInHost.answeringPushes(exchange -> StandInHost.say(exchange, 200, refused))))
                .hasMessageContaining("is protected");
    }

    @Test
    void refusesAPublicRepository() throws IOException {
        Failure failure = save(exchange -> {
            boolean anonymous = !exchange.getRequestHeaders().containsKey("Authorization");
            StandInHost.say(exchange, 200, anonymous ? "001e# service=git-upload-pack\n0000" : "0000");
        });

        assertThat(failure).hasMessageContaining("can be read by anybody");
        assertThat(failure.next()).contains("--allow-public", "draft release");
    }

    @Test
    void namesTheSecretsThatWereFound() throws IOException {
        Failure failure = save(StandInHost.refusingPushes(
                GH013, "ng refs/heads/session-relay/pr-12 push declined due to repository rule violations"));

        assertThat(failure)
                .hasMessageContaining("GH013")
                .hasMessageContaining("GitHub Personal Access Token, Amazon AWS Access Key ID");
        assertThat(failure.next()).contains("redact");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "remote: error: GH001: Large files detected. You may want to try Git Large File Storage. / remote: error:"
                        + " File a/b.jsonl is 101.00 MB; this exceeds GitHub's file size limit of 100.00 MB |"
                        + " pre-receive hook declined | a/b.jsonl is 101.00 MB, allowed are 100.00 MB",
                "remote: error: GH006: Protected branch update failed for refs/heads/x. / remote: error: Changes must be"
                        + " made through a pull request. | protected branch hook declined | is protected (GH006",
                "remote: error: GH013: Repository rule violations found for refs/heads/x. / remote: - Cannot create ref"
                        + " due to creations being restricted. | push declined due to repository rule violations | a rule"
                        + " of",
                "nothing | non-fast-forward | does not let branch",
                "fatal: write error: No space left on device | unpacker error | the disk of",
                "the committee says no | pre-receive hook declined | the committee says no",
            })
    void saysWhyAPushWasTurnedDown(String said, String why, String words) throws IOException {
        Failure failure = save(StandInHost.refusingPushes(
                said.replace(" / ", "\n") + "\n", "ng refs/heads/session-relay/pr-12 " + why));

        assertThat(failure).hasMessageContaining(words);
    }

    @Test
    void tellsOfARepositoryThatMayOnlyBeRead() throws IOException {
        Failure failure = save(exchange -> {
            String request = exchange.getRequestURI().toString();
            boolean reading = request.endsWith("git-upload-pack")
                    && exchange.getRequestMethod().equals("POST");
            boolean anonymous = !exchange.getRequestHeaders().containsKey("Authorization");
            StandInHost.say(
                    exchange,
                    anonymous ? 401 : reading ? 200 : 403,
                    reading ? "0000" : "Write access to repository not granted.");
        });

        assertThat(failure).hasMessageContaining("may read").hasMessageContaining("but not write");
        assertThat(failure.next()).contains("contents: write", "fork");
    }
}
