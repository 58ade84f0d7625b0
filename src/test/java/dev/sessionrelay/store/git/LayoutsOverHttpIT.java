package dev.sessionrelay.store.git;

import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.GitHost;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same over smart HTTP, from a host that hands out no partial packs: everything has to be fetched there. */
@Needs({Tool.GIT, Tool.LIGHTTPD})
class LayoutsOverHttpIT extends LayoutsTest {
    @TempDir
    private static Path hostFolder;

    @AutoClose
    private static GitHost host;

    private static int number;

    private String name;

    @BeforeAll
    static void startHost() throws IOException {
        host = GitHost.start(hostFolder);
    }

    @Override
    Path make() throws IOException {
        name = "owner/layouts-" + number++;
        Path repository = host.repository(name + ".git");
        GitCommand.in(repository).run("config", "uploadpack.allowFilter", "false");
        return repository;
    }

    @Override
    String place() {
        return name;
    }

    @Override
    Map<String, String> environment() {
        return host.environment();
    }
}
