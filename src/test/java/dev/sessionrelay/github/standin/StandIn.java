package dev.sessionrelay.github.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sessionrelay.github.GitHub;
import dev.sessionrelay.github.Pauses;
import dev.sessionrelay.github.Proxies;
import dev.sessionrelay.http.Credential;
import dev.sessionrelay.http.Server;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Three hosts, as GitHub has: one for the API, one for uploads, one for downloads where no token may be shown. */
public final class StandIn implements AutoCloseable {
    private static final Pattern REPOSITORY = Pattern.compile("/repos/([^/]+)/([^/]+)(/.*)?");
    private static final Pattern BY_ID = Pattern.compile("/repositories/(\\d+)(/.*)?");

    /** Where the hosts are. */
    public record Addresses(String api, String uploads, String files, String pages) {}

    private static final String UPLOADS = "/api/uploads";

    private final Hub hub = new Hub();
    private final Faults faults = new Faults();
    private final Ledger ledger = new Ledger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<HttpServer> servers = new ArrayList<>();
    private final Addresses at;
    private final ReleaseRoutes releases;
    private final IssueRoutes issues;
    private final GistRoutes gists;
    private final ArtifactRoutes artifacts;
    private final PullRoutes pulls;
    private volatile Duration roundTrip = Duration.ZERO;
    private volatile boolean isMeasured;

    private StandIn(Addresses at) {
        this.at = at;
        releases = new ReleaseRoutes(hub, at);
        issues = new IssueRoutes(at);
        gists = new GistRoutes(at, ledger);
        artifacts = new ArtifactRoutes(hub, at);
        pulls = new PullRoutes(hub, at);
    }

    public static StandIn start() throws IOException {
        HttpServer api = listen();
        HttpServer files = listen();
        HttpServer pages = listen();
        StandIn standIn = new StandIn(new Addresses(
                "http://localhost:" + portOf(api),
                // On the same server, as a company's own has it.
                "http://localhost:" + portOf(api) + UPLOADS,
                // Another host by name, as the real one is.
                "http://127.0.0.1:" + portOf(files),
                "http://localhost:" + portOf(pages)));
        standIn.answerOn(api, "api");
        standIn.answerOn(files, "files");
        standIn.answerOn(pages, "pages");
        return standIn;
    }

    /** Under the names by which {@code gh} knows a GitHub on this machine; {@link #proxy} leads there. */
    public static StandIn startNamed() throws IOException {
        return startNamed(0);
    }

    private static StandIn startNamed(int port) throws IOException {
        HttpServer api = listen(port);
        HttpServer files = listen();
        StandIn standIn = new StandIn(new Addresses(
                "http://api.github.localhost",
                "http://uploads.github.localhost",
                "http://127.0.0.1:" + portOf(files),
                "http://github.localhost"));
        standIn.answerOn(api, "api");
        standIn.answerOn(files, "files");
        return standIn;
    }

    /**
     * For measuring: the same under the same names, on a port of one's choice, without the description, which takes its
     * time. Prints a line for each request.
     */
    public static void main(String[] arguments) throws IOException {
        StandIn standIn = startNamed(Integer.parseInt(arguments[0]));
        standIn.isMeasured = true;
        standIn.hub().repository("octocat/hello", false);
        standIn.hub().grant("bench-token", new Grant.Classic(Set.of("repo", "gist")));
    }

    private static HttpServer listen() throws IOException {
        return listen(0);
    }

    private static HttpServer listen(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
    }

    private static int portOf(HttpServer server) {
        return server.getAddress().getPort();
    }

    private void answerOn(HttpServer server, String host) {
        server.setExecutor(threads);
        server.createContext("/", exchange -> take(hostOf(exchange.getRequestURI(), host), exchange));
        server.start();
        servers.add(server);
    }

    /** Whoever speaks to a proxy says the whole address. */
    private static String hostOf(URI request, String otherwise) {
        return switch (request.getHost()) {
            case null -> otherwise;
            case "api.github.localhost" -> "api";
            case "uploads.github.localhost" -> "uploads";
            case "github.localhost" -> "pages";
            default -> "files";
        };
    }

    /** What http_proxy has to say. */
    public String proxy() {
        return "http://127.0.0.1:" + portOf(servers.getFirst());
    }

    /** Where the API is without a proxy. */
    public String direct() {
        return "http://localhost:" + portOf(servers.getFirst());
    }

    public Addresses at() {
        return at;
    }

    /** Our own client of it, which waits only for moments. */
    public GitHub client(String token) {
        Server server = Server.of(Map.of("GITHUB_API_URL", at.api()));
        return GitHub.connect(
                server,
                Optional.of(Credential.ofToken(token, "GH_TOKEN", server.origins())),
                new Proxies(Map.of()),
                new Pauses(Duration.ofMillis(1), 4, Duration.ofSeconds(5), line -> {}));
    }

    public Hub hub() {
        return hub;
    }

    public GistRoutes gists() {
        return gists;
    }

    public ArtifactRoutes artifacts() {
        return artifacts;
    }

    public Faults faults() {
        return faults;
    }

    public Ledger ledger() {
        return ledger;
    }

    public void roundTrip(Duration duration) {
        roundTrip = duration;
    }

    private void take(String host, HttpExchange exchange) throws IOException {
        Ask ask = read(host, exchange);
        sleep();
        Faults.Fault fault = faults.next();
        if (fault == null) {
            send(exchange, toWhoCalls(exchange, note(ask, answer(ask))), false);
            return;
        }
        switch (fault) {
            case RESET_BEFORE -> exchange.close();
            case RESET_AFTER -> {
                note(ask, answer(ask));
                exchange.close();
            }
            case BAD_GATEWAY_BEFORE -> send(exchange, Out.html(502), false);
            case BAD_GATEWAY_AFTER -> {
                note(ask, answer(ask));
                send(exchange, Out.html(502), false);
            }
            case TOO_MANY_WITH_SECONDS ->
                send(exchange, new Refused(429, "Too Many Requests").out().with("Retry-After", "0"), false);
            case TOO_MANY_WITH_DATE -> {
                String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().atZone(ZoneOffset.UTC));
                send(exchange, new Refused(429, "Too Many Requests").out().with("Retry-After", now), false);
            }
            case SECONDARY ->
                send(
                        exchange,
                        new Refused(
                                        403,
                                        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.")
                                .out()
                                .with("X-RateLimit-Remaining", "4000")
                                .with("Retry-After", "0"),
                        false);
            case PRIMARY ->
                send(
                        exchange,
                        new Refused(403, "API rate limit exceeded for installation ID 1.")
                                .out()
                                .with("X-RateLimit-Limit", "1000")
                                .with("X-RateLimit-Remaining", "0")
                                .with(
                                        "X-RateLimit-Reset",
                                        String.valueOf(Instant.now().getEpochSecond())),
                        false);
            case STARTER -> {
                hub.breakUpload();
                send(exchange, note(ask, answer(ask)), false);
                hub.breakNextUpload();
            }
            case CUT_SHORT -> send(exchange, note(ask, answer(ask)), true);
        }
    }

    /** Whoever came without a proxy is shown addresses that can be reached without one. */
    private Out toWhoCalls(HttpExchange exchange, Out out) {
        String called = exchange.getRequestHeaders().getFirst("Host");
        if (!out.type().contains("json") || !("http://" + called).equals(direct())) {
            return out;
        }
        String text = out.text().replace(at.api(), direct()).replace(at.uploads(), direct() + UPLOADS);
        return new Out(out.status(), out.type(), text.getBytes(StandardCharsets.UTF_8), out.headers());
    }

    private void sleep() {
        try {
            Thread.sleep(roundTrip);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Ask read(String host, HttpExchange exchange) throws IOException {
        Map<String, String> query = new TreeMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
            }
        }
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        Grant grant = token == null
                ? new Grant.Nobody()
                : hub.grantOf(token.replaceFirst("^(Bearer|token) ", "")).orElse(new Grant.Unknown());
        String path = exchange.getRequestURI().getPath();
        boolean isUpload = host.equals("api") && path.startsWith(UPLOADS + "/");
        return new Ask(
                isUpload ? "uploads" : host,
                exchange.getRequestMethod(),
                isUpload ? path.substring(UPLOADS.length()) : path,
                query,
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes(),
                grant);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private Out answer(Ask ask) {
        try {
            if (ask.host().equals("files")) {
                if (ask.hasToken()) {
                    ledger.wrong("a token went to the host for downloads: " + ask.path());
                }
                if (ask.path().contains("/raw/")) {
                    synchronized (hub) {
                        return gists.raw(ask);
                    }
                }
                byte[] bytes = hub.download(ask.path().replaceFirst(".*/", "")).orElseThrow(Refused::missing);
                return new Out(200, "application/octet-stream", bytes, Map.of());
            }
            if (ask.host().equals("pages") && gists.isGit(ask)) {
                return gists.git(ask);
            }
            if (ask.host().equals("pages")) {
                // As github.com answers git where there is no repository, or none that this token may see.
                return new Out(404, "text/plain", "Not Found".getBytes(StandardCharsets.UTF_8), Map.of());
            }
            if (hub.limit().filter(limit -> limit.refuses(ask)).isPresent()) {
                return hub.limit().get().refusal();
            }
            if (ask.path().equals("/graphql")) {
                return graph(ask);
            }
            if (ask.grant() instanceof Grant.Unknown) {
                throw new Refused(401, "Bad credentials");
            }
            synchronized (hub) {
                return ask.path().startsWith(GistRoutes.FOLDER) ? gists.answer(ask) : inRepository(ask);
            }
        } catch (Refused refused) {
            return refused.out();
        }
    }

    /** The one question that {@code gh} has no other way to ask: which release, drafts included, has a tag. */
    private Out graph(Ask ask) {
        JsonNode variables = ask.json().path("variables");
        ObjectNode found = Shapes.JSON.createObjectNode();
        found.putObject("data").putObject("repository").putNull("release");
        hub.repo(variables.path("owner").asText() + "/" + variables.path("name").asText()).stream()
                .flatMap(repo -> repo.releases().values().stream())
                .filter(release -> !release.isDraft() || ask.grant().mayWrite("contents"))
                .filter(release ->
                        release.tag().equals(variables.path("tagName").asText()))
                .findFirst()
                .ifPresent(release -> found.putObject("data")
                        .putObject("repository")
                        .putObject("release")
                        .put("databaseId", release.id())
                        .put("isDraft", release.isDraft()));
        return Out.json(200, found);
    }

    private Out inRepository(Ask ask) {
        Matcher named = REPOSITORY.matcher(ask.path());
        Matcher numbered = BY_ID.matcher(ask.path());
        if (named.matches()) {
            String fullName = named.group(1) + "/" + named.group(2);
            String rest = named.group(3) == null ? "" : named.group(3);
            if (hub.renamed(fullName).isPresent()) {
                String query = ask.query().isEmpty()
                        ? ""
                        : "?"
                                + String.join(
                                        "&",
                                        ask.query().entrySet().stream()
                                                .map(e -> e.getKey() + "=" + e.getValue())
                                                .toList());
                String place = at.api() + "/repositories/"
                        + hub.renamed(fullName).get().id() + rest + query;
                return new Refused(ask.method().equals("GET") ? 301 : 307, "Moved Permanently")
                        .out()
                        .with("Location", place);
            }
            return in(hub.repo(fullName).orElseThrow(Refused::missing), ask, rest);
        }
        if (numbered.matches()) {
            Repo repo = hub.repoById(Long.parseLong(numbered.group(1))).orElseThrow(Refused::missing);
            return in(repo, ask, numbered.group(2) == null ? "" : numbered.group(2));
        }
        throw Refused.missing();
    }

    private Out in(Repo repo, Ask ask, String rest) {
        if (repo.isPrivate() && !ask.grant().mayRead("contents")) {
            throw Refused.missing();
        }
        if (rest.isEmpty()) {
            return Out.json(200, Shapes.repository(repo, at.api()));
        }
        if (rest.startsWith(IssueRoutes.FOLDER)) {
            return issues.answer(ask, repo, rest);
        }
        if (rest.startsWith(ArtifactRoutes.FOLDER)) {
            return artifacts.answer(ask, repo, rest);
        }
        return rest.equals("/pulls") ? pulls.answer(ask, repo) : releases.answer(ask, repo, rest);
    }

    private Out note(Ask ask, Out out) {
        ledger.add(new Ledger.Line(ask.host(), ask.method(), ask.path(), ask.query(), out.status(), ask.hasToken()));
        if (isMeasured) {
            System.out.println(ask.method() + " " + ask.host() + ask.path() + " " + out.status());
            return out;
        }
        boolean isOfTheApi = ask.host().equals("api") || ask.host().equals("uploads");
        boolean described = isOfTheApi
                && !ask.path().equals("/graphql")
                && !BY_ID.matcher(ask.path()).matches();
        if (described) {
            Description.ofGitHub().errors(ask, out).forEach(ledger::wrong);
        }
        return out;
    }

    private void send(HttpExchange exchange, Out out, boolean cutShort) throws IOException {
        out.headers().forEach(exchange.getResponseHeaders()::set);
        if (!out.type().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", out.type());
        }
        byte[] body = out.body();
        exchange.sendResponseHeaders(out.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            OutputStream stream = exchange.getResponseBody();
            stream.write(body, 0, cutShort ? body.length / 2 : body.length);
            if (cutShort) {
                stream.flush();
            } else {
                stream.close();
            }
        }
        exchange.close();
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
