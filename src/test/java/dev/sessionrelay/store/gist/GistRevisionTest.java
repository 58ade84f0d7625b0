package dev.sessionrelay.store.gist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Recorder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gists that were forked share what they keep, so that one may be asked for a revision of another. */
class GistRevisionTest {
    private static final String ID = "aa11bb22cc33";
    private static final String OWN = "1".repeat(40);
    private static final String FORKS = "2".repeat(40);

    @TempDir
    private Path folder;

    @Test
    void readsNoRevisionThatIsNotOfTheGistItself() throws Exception {
        try (Recorder github = new Recorder(exchange -> Recorder.say(
                exchange,
                200,
                exchange.getRequestURI().getPath().endsWith("/commits")
                        ? "[{\"version\":\"" + OWN + "\"}]"
                        : "{\"id\":\"" + ID + "\",\"files\":{},\"history\":[{\"version\":\"" + OWN + "\"}]}"))) {
            for (String revision : new String[] {FORKS, OWN}) {
                Ref ref = Ref.parse("gist:" + ID + "@" + revision);
                Stores.openFor(ref, new StoreContext(Map.of("GITHUB_API_URL", github.at()), folder, Map.of()))
                        .find(new Query.ByRef(ref));
            }
            assertThat(github.asked().stream().map(Recorder.Asked::address))
                    .contains("/gists/" + ID + "/" + OWN)
                    .doesNotContain("/gists/" + ID + "/" + FORKS);
        }
    }
}
