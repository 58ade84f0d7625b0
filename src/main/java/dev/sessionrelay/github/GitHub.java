package dev.sessionrelay.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.github.Call.Body;
import dev.sessionrelay.github.Call.Method;
import dev.sessionrelay.http.Credential;
import dev.sessionrelay.http.Credentials;
import dev.sessionrelay.http.Server;
import dev.sessionrelay.http.WebOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One server, asked with one token. */
public final class GitHub implements AutoCloseable {
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    static final int MOST_PAGES = 200;

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(JsonResponse.MOST_BYTES)
                        .maxNestingDepth(64)
                        .build());
    }

    private final Server server;
    private final Optional<Credential> token;
    private final HttpTransport wire;
    private final Transport transport;
    private @Nullable Typed typed;

    private GitHub(Server server, Optional<Credential> token, HttpTransport wire, Transport transport) {
        this.server = server;
        this.token = token;
        this.wire = wire;
        this.transport = transport;
    }

    /** @param told takes what a person should know while it goes on */
    public static GitHub connect(Map<String, String> environment, Credentials credentials, Consumer<String> told) {
        return connect(credentials.server(), credentials.ofGitHub(), new Proxies(environment), Pauses.usual(told));
    }

    public static GitHub connect(Server server, Optional<Credential> token, Proxies proxies, Pauses pauses) {
        HttpTransport wire = new HttpTransport(proxies, token);
        Limits limits = new Limits(pauses, Clock.systemUTC());
        return new GitHub(server, token, wire, new Retrying(new Redirects(wire), pauses, limits));
    }

    public Server server() {
        return server;
    }

    public Optional<Credential> token() {
        return token;
    }

    /** What GitHub's own library has a call for. It is loaded when it is first used. */
    public synchronized Typed typed() {
        if (typed == null) {
            typed = new Typed(server, token, transport);
        }
        return typed;
    }

    public JsonResponse get(String path, String doing, Permission need) {
        return repeatable(Call.of(Method.GET, server.path(path), doing, need));
    }

    /** All pages of a list. */
    public List<JsonNode> list(String path, String doing, Permission need) {
        List<JsonNode> items = new ArrayList<>();
        Optional<URI> page = Optional.of(server.path(path));
        for (int number = 1; page.isPresent() && number <= MOST_PAGES; number++) {
            JsonResponse reply = repeatable(Call.of(Method.GET, page.get(), doing, need));
            reply.orFail().forEach(items::add);
            page = reply.next().filter(server::owns);
        }
        return items;
    }

    /** Asks what the other interface has no call for. Nothing is changed by it. */
    public JsonNode graph(String query, ObjectNode variables, String doing, Permission need) {
        URI address = URI.create(server.path("").toString().replaceFirst("/v3$", "") + "/graphql");
        ObjectNode question = JSON.createObjectNode().put("query", query);
        question.set("variables", variables);
        return repeatable(Call.of(Method.POST, address, doing, need).atAnyTime().with(json(question)))
                .dataOrFail();
    }

    public JsonResponse patch(String path, ObjectNode body, String doing, Permission need) {
        return repeatable(Call.of(Method.PATCH, server.path(path), doing, need).with(json(body)));
    }

    /** Changes what others may be changing at the same time. */
    public JsonResponse change(String path, Body body, String doing, Permission need) throws UnknownOutcome {
        return once(Call.of(Method.PATCH, server.path(path), doing, need).once().with(body));
    }

    /** Removes what may be gone already: after a lost answer nobody can tell. */
    public void delete(String path, String doing, Permission need) {
        JsonResponse reply = repeatable(Call.of(Method.DELETE, server.path(path), doing, need));
        if (!reply.isMissing()) {
            reply.orFail();
        }
    }

    /** Creates something. */
    public JsonResponse post(String path, ObjectNode body, String doing, Permission need) throws UnknownOutcome {
        return post(path, json(body), doing, need);
    }

    public JsonResponse post(String path, Body body, String doing, Permission need) throws UnknownOutcome {
        return once(Call.of(Method.POST, server.path(path), doing, need).with(body));
    }

    /** Sends a file to the address that GitHub named for it. */
    public JsonResponse upload(URI address, Body body, String doing, Permission need) throws UnknownOutcome {
        if (!server.owns(address)) {
            throw Failure.notAllowed(
                    "could not " + doing + ": the server names " + address.getHost()
                            + " as the place for it, and the token is not for that host",
                    "check the server's address");
        }
        return once(Call.of(Method.POST, address, doing, need).with(body));
    }

    /** What is done with a file as it arrives; from its beginning again when it broke off. */
    @FunctionalInterface
    public interface DownloadReader<T> {
        T read(InputStream file) throws IOException;
    }

    /** Reads a file; empty where it is gone. It may lie on any host; the token goes only to the server's own. */
    public <T> Optional<T> download(String path, DownloadReader<T> reader, String doing, Permission need) {
        return download(server.path(path), reader, doing, need);
    }

    public <T> Optional<T> download(URI address, DownloadReader<T> reader, String doing, Permission need) {
        if (WebOrigin.of(address).filter(place -> !place.isInTheOpen()).isEmpty()) {
            throw Failure.notAllowed(
                    "could not " + doing + ": the server names a place for it that is not an https address",
                    "check the server's address");
        }
        Call call = Call.of(Method.GET, address, doing, need).with("Accept", "application/octet-stream");
        try {
            return transport.send(call, answer -> {
                if (answer.status() == 200) {
                    return Optional.of(reader.read(answer.body()));
                }
                JsonResponse reply = JsonResponse.of(call, token, answer);
                if (reply.isMissing()) {
                    return Optional.empty();
                }
                throw reply.refused();
            });
        } catch (IOException e) {
            throw unreachable(call, e);
        }
    }

    private static Body json(ObjectNode body) {
        try {
            return new Body.OfText(JSON.writeValueAsString(body), "application/json; charset=utf-8");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonResponse repeatable(Call call) {
        try {
            return reply(call);
        } catch (IOException e) {
            throw unreachable(call, e);
        }
    }

    private JsonResponse once(Call call) throws UnknownOutcome {
        try {
            return reply(call);
        } catch (UnknownOutcome e) {
            throw e;
        } catch (Transport.NeverSent e) {
            throw unreachable(call, e);
        } catch (IOException e) {
            throw new UnknownOutcome(Reason.of(e), e);
        }
    }

    private JsonResponse reply(Call call) throws IOException {
        return transport.send(call, answer -> JsonResponse.of(call, token, answer));
    }

    static Failure unreachable(Call call, IOException e) {
        return Failure.unreachable(
                "could not " + call.doing() + ": " + call.uri().getHost() + " was not reached, " + Reason.of(e),
                "check the network and the proxy (HTTPS_PROXY), and run this again");
    }

    /** When a lost answer stays lost. */
    public static Failure unclear(String doing, UnknownOutcome e) {
        return Failure.unreachable(
                "could not " + doing + ": " + e.getMessage() + ", and it could not be learnt whether it was done",
                "run this again: what was done already is noticed");
    }

    @Override
    public void close() {
        wire.close();
    }
}
