package dev.sessionrelay.store.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host behind TLS, behind a proxy that wants to know who comes; in a process of its own, as Java decides once
 * about such proxies.
 */
class ProxyLoginTest {
    private static final String LOGIN = "Basic " + Base64.getEncoder().encodeToString("jo:p@ss+1".getBytes(UTF_8));

    private static final String HEADER = "proxy-authorization: ";

    @TempDir
    private Path temporary;

    /** What the host behind the proxy was sent as the proxy's login. */
    private final List<String> leaked = Collections.synchronizedList(new ArrayList<>());

    private StandInHost host() throws IOException {
        return StandInHost.withItsOwnCertificate(temporary, exchange -> {
            leaked.addAll(exchange.getRequestHeaders().getOrDefault("Proxy-Authorization", List.of()));
            StandInHost.say(exchange, 200, "0000");
        });
    }

    @Test
    void showsTheLoginToTheProxyAndToNobodyElse() throws Exception {
        try (StandInHost host = host();
                TunnelProxy proxy = new TunnelProxy()) {
            Process list = list(host, "http://jo:p%40ss+1@127.0.0.1:" + proxy.port());

            assertThat(said(list)).contains("holds no sessions");
            assertThat(list.exitValue()).isZero();
            assertThat(proxy.logins).contains(LOGIN);
            assertThat(host.seen()).isNotEmpty();
            assertThat(leaked).isEmpty();
        }
    }

    @Test
    void saysThatTheProxyDoesNotTakeTheLogin() throws Exception {
        try (StandInHost host = host();
                TunnelProxy proxy = new TunnelProxy()) {
            Process list = list(host, "http://jo:wrong-guess@127.0.0.1:" + proxy.port());

            assertThat(said(list))
                    .contains("the proxy 127.0.0.1:" + proxy.port())
                    .doesNotContain("wrong-guess");
            assertThat(list.exitValue()).isEqualTo(5);
            assertThat(host.seen()).isEmpty();
        }
    }

    private Process list(StandInHost host, String proxy) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djavax.net.ssl.trustStore=" + temporary.resolve("keys.p12"),
                        "-Djavax.net.ssl.trustStorePassword=secret",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.sessionrelay.Main",
                        "list",
                        "--store",
                        "git:https://127.0.0.1:" + host.port() + "/o/n.git")
                .redirectErrorStream(true);
        java.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        java.environment().put("HTTPS_PROXY", proxy);
        java.environment().put("HOME", temporary.toString());
        return java.start();
    }

    private static String said(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said;
    }

    /** Makes tunnels for those who show the login. */
    private static final class TunnelProxy implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<String> logins = Collections.synchronizedList(new ArrayList<>());

        TunnelProxy() throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!socket.isClosed()) {
                    try {
                        Socket client = socket.accept();
                        Thread.ofVirtual().start(() -> serve(client));
                    } catch (IOException closed) {
                        return;
                    }
                }
            });
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve(Socket client) {
            try (client) {
                List<String> head = head(client.getInputStream());
                List<String> shown = head.stream()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(HEADER))
                        .map(line -> line.substring(HEADER.length()))
                        .toList();
                logins.addAll(shown);
                OutputStream out = client.getOutputStream();
                if (!shown.equals(List.of(LOGIN))) {
                    out.write(String.join(
                                    "\r\n",
                                    "HTTP/1.1 407 Login",
                                    "Proxy-Authenticate: Basic realm=\"x\"",
                                    "Content-Length: 0",
                                    "Connection: close",
                                    "",
                                    "")
                            .getBytes(UTF_8));
                    return;
                }
                String[] target = head.getFirst().split(" ", -1)[1].split(":", -1);
                try (Socket server = new Socket(target[0], Integer.parseInt(target[1]))) {
                    out.write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(UTF_8));
                    Thread back = Thread.ofVirtual().start(() -> copy(server, client));
                    copy(client, server);
                    back.join();
                }
            } catch (IOException | InterruptedException e) {
                // One of them has had enough.
            }
        }

        private static List<String> head(InputStream in) throws IOException {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8), 1);
            List<String> head = new ArrayList<>();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                head.add(line);
            }
            return head;
        }

        private static void copy(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.shutdownOutput();
            } catch (IOException e) {
                // As above.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
