package dev.sessionrelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://github.com, https://github.com",
        "HTTPS://GitHub.COM/o/n, https://github.com",
        "https://github.com:443/, https://github.com",
        "https://github.com./o, https://github.com",
        "https://xn--bcher-kva.example/, https://xn--bcher-kva.example",
        "http://127.0.0.1:80/x, http://127.0.0.1",
        "http://[0:0:0:0:0:0:0:1]:8080/, http://[0:0:0:0:0:0:0:1]:8080",
        "http://[::1]:8080/, http://[0:0:0:0:0:0:0:1]:8080",
        "http://[::ffff:127.0.0.1]/, http://127.0.0.1",
        "https://github.com:8443/, https://github.com:8443",
    })
    void knowsAServerHoweverItIsSpelt(String address, String origin) {
        assertThat(WebOrigin.parse(address)).map(WebOrigin::toString).contains(origin);
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com, http://github.com",
        "https://github.com, https://github.com:8443",
        "https://github.com, https://github.com.evil.example",
        "https://github.com, https://evil-github.com",
        "https://github.com, https://api.github.com",
        "http://localhost:1, http://localhost:2",
        "http://localhost:1, http://127.0.0.1:1",
        "http://localhost:1, http://localhost.:1",
    })
    void tellsServersApart(String one, String other) {
        assertThat(WebOrigin.parse(one)).isPresent().isNotEqualTo(WebOrigin.parse(other));
    }

    /** Of these, two readers may think of two servers, or none at all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://github.com@evil.example/",
                "https://x:y@github.com/",
                "https://@github.com/",
                "https:github.com",
                "https:///o/n",
                "//github.com/o",
                "ftp://github.com/",
                "file:///etc/passwd",
                "http://0177.0.0.1/",
                "http://127.0.0.01/",
                "http://127.1/",
                "http://2130706433/",
                "http://0x7f.0.0.1/",
                "http://127.0.0.1.../",
                "http://256.0.0.1/",
                "http://[fe80::1%25eth0]/",
                "https://github.com\\@evil.example/",
                "https://gith\u00fcb.com/",
                "https://",
                "",
            })
    void isNobodysServer(String address) {
        assertThat(WebOrigin.parse(address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.9.8.7:81/",
                "http://localhost/",
                "http://LOCALHOST:3/",
                "http://[::1]/"
            })
    void isThisMachine(String address) {
        assertThat(WebOrigin.parse(address)).hasValueSatisfying(origin -> {
            assertThat(origin.isLoopback()).isTrue();
            assertThat(origin.isInTheOpen()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.evil.example/",
                "http://127.0.0.1.evil.example/",
                "http://localhost.evil.example/",
                "http://evil.localhost/",
                "http://localhost./",
                "http://10.0.0.1/",
                "http://0.0.0.0/",
                "http://[::]/",
                "http://[::2]/",
            })
    void isAnotherMachine(String address) {
        assertThat(WebOrigin.parse(address)).hasValueSatisfying(origin -> {
            assertThat(origin.isLoopback()).isFalse();
            assertThat(origin.isInTheOpen()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "https://u:p@git.example.com/o/n, https://git.example.com",
        "git@git.example.com:o/n.git, https://git.example.com",
        "ssh://git@git.example.com:2222/o/n.git, https://git.example.com",
    })
    void findsTheServerOfARepository(String place, String origin) {
        assertThat(WebOrigin.ofRepository(place)).map(WebOrigin::toString).contains(origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner/name", "/srv/x.git", "./x@y:z", "file:///srv/x.git", ""})
    void findsNoServerWhereNoneIsNamed(String place) {
        assertThat(WebOrigin.ofRepository(place)).isEmpty();
    }

    @Test
    void aCredentialIsShownToItsOwnServerAlone() {
        Credential token = Credential.ofToken(
                "tok-1",
                "GH_TOKEN",
                Set.of(WebOrigin.parse("https://git.example.com").orElseThrow()));

        assertThat(token.bearerFor(URI.create("https://GIT.example.com:443/x"))).contains("Bearer tok-1");
        assertThat(token.basicFor(URI.create("https://git.example.com/x"))).isPresent();
        for (String elsewhere : new String[] {
            "https://git.example.com:444/x", "http://git.example.com/x", "https://git.example.com@evil.example/",
            "https://evil.example/git.example.com", "https://a.git.example.com/", "/x"
        }) {
            assertThat(token.bearerFor(URI.create(elsewhere))).as(elsewhere).isEmpty();
            assertThat(token.basicFor(URI.create(elsewhere))).as(elsewhere).isEmpty();
        }
        assertThat(token.toString()).doesNotContain("tok-1");
    }

    @Test
    void aCredentialForAServerInTheOpenIsShownToNobody() {
        WebOrigin open = WebOrigin.parse("http://git.example.com").orElseThrow();

        assertThat(Credential.ofToken("tok-1", "x", Set.of(open)).bearerFor(URI.create("http://git.example.com/")))
                .isEqualTo(Optional.empty());
    }
}
