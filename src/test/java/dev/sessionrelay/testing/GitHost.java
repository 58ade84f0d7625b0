package dev.sessionrelay.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A host of git repositories: the real {@code git http-backend} behind lighttpd on loopback, which asks for a token.
 */
public final class GitHost implements AutoCloseable {
    public static final String TOKEN = "tok-e7c1d5b2a9";

    private final Path root;
    private final Process lighttpd;
    private final int port;

    private GitHost(Path root, Process lighttpd, int port) {
        this.root = root;
        this.lighttpd = lighttpd;
        this.port = port;
    }

    /** @param folder empty; repositories go into its folder {@code git} */
    public static GitHost start(Path folder) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path root = Files.createDirectories(folder.resolve("git"));
        Path uploads = Files.createDirectories(folder.resolve("uploads"));
        Path users = Files.writeString(folder.resolve("users"), "x-access-token:" + TOKEN + "\n");
        String backend = GitCommand.in(folder).run("--exec-path").strip() + "/git-http-backend";
        Path configuration = Files.writeString(
                folder.resolve("lighttpd.conf"), """
                        server.modules = ("mod_alias", "mod_cgi", "mod_setenv", "mod_auth", "mod_authn_file")
                        server.document-root = "%1$s"
                        server.bind = "127.0.0.1"
                        server.port = %2$d
                        server.upload-dirs = ("%3$s")
                        server.errorlog = "%1$s/error.log"
                        server.max-connections = 512
                        alias.url = ("" => "%4$s")
                        cgi.assign = ("" => "")
                        setenv.add-environment = ("GIT_PROJECT_ROOT" => "%5$s", "GIT_HTTP_EXPORT_ALL" => "1",
                            "GIT_CONFIG_NOSYSTEM" => "1", "GIT_CONFIG_GLOBAL" => "/dev/null",
                            "PATH" => "/usr/local/bin:/usr/bin:/bin")
                        auth.backend = "plain"
                        auth.backend.plain.userfile = "%6$s"
                        $HTTP["url"] !~ "^/open/" {
                            auth.require = ("" => ("method" => "basic", "realm" => "git", "require" => "valid-user"))
                        }
                        """.formatted(folder, port, uploads, backend, root, users));
        Process process = new ProcessBuilder("lighttpd", "-D", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("lighttpd.log").toFile())
                .start();
        GitHost host = new GitHost(root, process, port);
        host.awaitStart(folder);
        return host;
    }

    private void awaitStart(Path folder) throws IOException {
        for (int tries = 0; tries < 200; tries++) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                if (!lighttpd.isAlive()) {
                    throw new IOException(Files.readString(folder.resolve("lighttpd.log")));
                }
                pause();
            }
        }
        throw new IOException("lighttpd does not answer");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(25);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An empty repository on this host. */
    public Path repository(String name) throws IOException {
        return GitCommand.bare(Files.createDirectories(root.resolve(name).getParent())
                .resolve(root.resolve(name).getFileName()));
    }

    public int port() {
        return port;
    }

    /** What a run on a runner that belongs to this host would have. */
    public Map<String, String> environment() {
        return Map.of("GITHUB_SERVER_URL", "http://127.0.0.1:" + port, "GITHUB_TOKEN", TOKEN);
    }

    @Override
    public void close() {
        lighttpd.destroy();
        try {
            if (!lighttpd.waitFor(5, TimeUnit.SECONDS)) {
                lighttpd.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
