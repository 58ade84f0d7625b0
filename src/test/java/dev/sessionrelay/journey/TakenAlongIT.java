package dev.sessionrelay.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Claude Code reads the project's memory that a session brought along, and none that was not asked for. */
@Needs(Tool.CLAUDE_CLI)
class TakenAlongIT {
    private static final String REMEMBERED = "the-teapot-is-blue";

    @TempDir
    private Path temp;

    @Test
    void theMemoryIsReadOnTheOtherMachine() throws Exception {
        String version = ClaudeCli.versions().getFirst();
        try (var model = ModelServer.startStrict()) {
            var claude = new ClaudeCli(version, model);
            Machine author = Machine.in(temp, "author/home", "author/work");
            Machine other = Machine.in(temp, "other/home", "other/work");
            Machine third = Machine.in(temp, "third/home", "third/work");
            String id = claude.begin(author, Several.turn("alpha"));
            Path memory = author.session(id).transcript().resolveSibling("memory");
            Files.createDirectories(memory);
            Files.writeString(memory.resolve("MEMORY.md"), "- " + REMEMBERED + "\n");
            String store = "folder:" + temp.resolve("store");
            new Relay(author, store).save("--with", "memory", "--key", "k");

            new Relay(other, store).restore("--key", "k", "--with", "memory", "--trust", "any");
            claude.resume(other, id, "beta-prompt @@[{\"text\":\"heard\"}]@@");
            new Relay(third, store).restore("--key", "k");
            claude.resume(third, id, "gamma-prompt @@[{\"text\":\"heard\"}]@@");

            assertThat(model.firstAfter("beta-prompt").body().toString()).contains("alpha-answer", REMEMBERED);
            assertThat(model.firstAfter("gamma-prompt").body().toString())
                    .contains("alpha-answer")
                    .doesNotContain(REMEMBERED);
        }
    }
}
