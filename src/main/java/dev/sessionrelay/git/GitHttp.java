package dev.sessionrelay.git;

import dev.sessionrelay.github.Proxies;
import dev.sessionrelay.github.ProxyLogin;
import dev.sessionrelay.http.Credential;
import dev.sessionrelay.http.WebOrigin;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/**
 * Single requests to one repository. The token goes along from the first on, and to its own server alone.
 *
 * <p>The JDK's older client is used on purpose: it has a time-out for each read, which large transfers need, and no
 * threads that outlive the last answer.
 */
final class GitHttp {
    private static final int MOST_REDIRECTS = 3;
    private static final int MOST_OF_A_REFUSAL = 4000;
    private static final int MOST_OF_A_REST = 1 << 16;
    private static final int OK = 200;

    private final Proxies proxies;
    private final Optional<Credential> token;
    private final Duration patience;
    private volatile URI repository;

    GitHttp(URI repository, Optional<Credential> token, Proxies proxies, Duration patience) {
        this.repository = repository;
        this.token = token;
        this.proxies = proxies;
        this.patience = patience;
    }

    /** @param path below the repository, as {@code git-upload-pack} */
    record GitRequest(String path, @Nullable GitBody body, boolean withToken) {}

    /** What is sent: its length is known, and it can be written again. */
    interface GitBody {
        long length();

        void writeTo(OutputStream out) throws IOException;

        static GitBody of(byte[] bytes) {
            return new GitBody() {
                @Override
                public long length() {
                    return bytes.length;
                }

                @Override
                public void writeTo(OutputStream out) throws IOException {
                    out.write(bytes);
                }
            };
        }
    }

    /** Reads an answer to its end. */
    interface AnswerReader<T> {
        T read(InputStream in) throws IOException;
    }

    URI repository() {
        return repository;
    }

    boolean hasToken() {
        return token.filter(secret -> secret.isFor(repository)).isPresent();
    }

    String proxy() {
        return proxies.forHost(repository).shown();
    }

    /** @throws Broken when the connection fails, HttpRefusal when the server says no */
    <T> T send(GitRequest request, AnswerReader<T> reading) throws IOException {
        for (int redirects = 0; ; redirects++) {
            URI target = URI.create(repository + "/" + request.path());
            HttpURLConnection connection = open(target, request);
            if (request.body() != null) {
                write(request.body(), connection);
            }
            Begun answer = begun(connection, request);
            if (answer.content() != null) {
                try (InputStream in = new Received(answer.content(), patience)) {
                    T result = reading.read(in);
                    leave(connection, in);
                    return result;
                }
            }
            int status = answer.status();
            String location = connection.getHeaderField("Location");
            if (status / 100 != 3 || location == null || redirects == MOST_REDIRECTS) {
                throw new HttpRefusal(status, textOf(connection));
            }
            follow(target, target.resolve(location), request.path(), status);
        }
    }

    /**
     * Read to its end, a connection serves the next request as well; but nobody waits for an end that does not come.
     */
    private static void leave(HttpURLConnection connection, InputStream in) throws IOException {
        if (in.readNBytes(MOST_OF_A_REST).length == MOST_OF_A_REST) {
            connection.disconnect();
        }
    }

    private HttpURLConnection open(URI target, GitRequest request) throws ConnectionFailure {
        Proxies.ChosenProxy proxy = proxies.forHost(target);
        try {
            HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection(proxy.proxy());
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setConnectTimeout((int) patience.toMillis());
            connection.setReadTimeout((int) patience.toMillis());
            connection.setRequestProperty("User-Agent", "git/session-relay");
            connection.setRequestProperty("Git-Protocol", "version=2");
            if (request.withToken()) {
                token.flatMap(secret -> secret.basicFor(target))
                        .ifPresent(header -> connection.setRequestProperty("Authorization", header));
            }
            proxy.login().ifPresent(login -> show(login, connection));
            if (request.body() != null) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(request.body().length());
                connection.setRequestProperty("Content-Type", "application/x-" + request.path() + "-request");
                connection.setRequestProperty("Accept", "application/x-" + request.path() + "-result");
            }
            return connection;
        } catch (IOException e) {
            throw new ConnectionFailure(e);
        }
    }

    /** A header would go through a tunnel, to the host behind the proxy. */
    private static void show(ProxyLogin login, HttpURLConnection connection) {
        if (connection instanceof HttpsURLConnection) {
            connection.setAuthenticator(login.forTunnel());
        } else {
            connection.setRequestProperty("Proxy-Authorization", login.header());
        }
    }

    private void write(GitBody body, HttpURLConnection connection) throws IOException {
        AtomicLong sent = new AtomicLong();
        try (Watch watch = new Watch(connection, patience, sent)) {
            try (OutputStream out = new Sent(outputOf(connection), sent)) {
                body.writeTo(out);
            } catch (ConnectionFailure e) {
                throw watch.hasGivenUp()
                        ? new ConnectionFailure(new SocketTimeoutException("it takes no more data"))
                        : e;
            }
        }
    }

    private static OutputStream outputOf(HttpURLConnection connection) throws ConnectionFailure {
        try {
            return connection.getOutputStream();
        } catch (IOException e) {
            throw new ConnectionFailure(e);
        }
    }

    /** An answer of which the headers are there. */
    private record Begun(int status, @Nullable InputStream content) {}

    /** The time-out for each read is no limit for a server that sends its headers letter by letter. */
    private Begun begun(HttpURLConnection connection, GitRequest request) throws IOException {
        // What is written may take its time there before anything is said of it.
        Duration longest = request.path().endsWith(Requests.WRITE) ? patience.plusSeconds(1) : Pace.longest(patience);
        try (Watch watch = new Watch(connection, longest, new AtomicLong())) {
            try {
                int status = statusOf(connection);
                return new Begun(status, status == OK ? connection.getInputStream() : null);
            } catch (IOException e) {
                ConnectionFailure broken = e instanceof ConnectionFailure known ? known : new ConnectionFailure(e);
                throw watch.hasGivenUp() ? new ConnectionFailure(new TooSlow("its answer does not begin")) : broken;
            }
        }
    }

    private static int statusOf(HttpURLConnection connection) throws ConnectionFailure {
        try {
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new ConnectionFailure(new IOException("the answer is no HTTP"));
            }
            return status;
        } catch (ConnectionFailure e) {
            throw e;
        } catch (IOException e) {
            throw new ConnectionFailure(e);
        }
    }

    private String textOf(HttpURLConnection connection) {
        InputStream errors = connection.getErrorStream();
        if (errors == null) {
            return "";
        }
        try (InputStream in = new Received(errors, patience)) {
            String text = new String(in.readNBytes(MOST_OF_A_REFUSAL), StandardCharsets.UTF_8);
            return text.stripLeading().startsWith("<") ? "" : SafeText.of(text, 500);
        } catch (IOException e) {
            return "";
        }
    }

    /** A renamed repository: the same server answers from another path, or the same host behind TLS. */
    private void follow(URI from, URI to, String path, int status) throws HttpRefusal {
        Optional<WebOrigin> origin = WebOrigin.of(to);
        boolean sameServer = origin.isPresent() && origin.equals(WebOrigin.of(from));
        boolean nowBehindTls =
                from.getScheme().equals("http") && origin.equals(WebOrigin.parse("https://" + from.getHost()));
        String text = to.toString();
        if (!(sameServer || nowBehindTls) || !text.endsWith("/" + path)) {
            throw new HttpRefusal(status, "it points to " + to.getHost());
        }
        repository = URI.create(text.substring(0, text.length() - path.length() - 1));
    }
}
