package dev.sessionrelay.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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

/** One server, asked with one token. */
public final class GitHub implements AutoCloseable {
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final String ACCEPT = "application/vnd.github+json";
    private static final int MOST_PAGES = 200;
    /** GitHub shows so many of any list. */
    private static final int SURE_PAGES = 10;

    private static final int READS = 3;
    private static final int MOST_OF_A_REPLY = 64 << 20;

    static {
        JSON.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(MOST_OF_A_REPLY)
                        .maxNestingDepth(64)
                        .build());
    }

    private final Server server;
    private final Optional<Credential> token;
    private final Wire wire;
    private final Transport transport;

    private GitHub(Server server, Optional<Credential> token, Wire wire, Transport transport) {
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
        Wire wire = new Wire(proxies, token);
        Transport patient = new Limits(new Retrying(new Redirects(wire), pauses), pauses, Clock.systemUTC());
        return new GitHub(server, token, wire, patient);
    }

    public Server server() {
        return server;
    }

    public Optional<Credential> token() {
        return token;
    }

    public Reply get(String path, String doing, Need need) {
        return repeatable(call(Method.GET, server.path(path), doing, need));
    }

    /** All pages of a list. */
    public List<JsonNode> list(String path, String doing, Need need) {
        List<JsonNode> items = new ArrayList<>();
        pages(path, doing, need, page -> {
            page.forEach(items::add);
            return true;
        });
        return items;
    }

    /** What is done with a page of a list, and whether another one is wanted. */
    @FunctionalInterface
    public interface Page {
        boolean take(JsonNode items);
    }

    /**
     * The pages of a list, one after the other.
     *
     * @return false where there are more than the server shows: some of GitHub's lists end after 1,000
     */
    public boolean pages(String path, String doing, Need need, Page taker) {
        Optional<URI> page = Optional.of(server.path(path));
        for (int number = 1; page.isPresent() && number <= MOST_PAGES; number++) {
            Reply reply = repeatable(call(Method.GET, page.get(), doing, need));
            if (number > SURE_PAGES && (reply.status() == 422 || reply.status() >= 500)) {
                return false;
            }
            boolean more = taker.take(reply.orFail());
            page = more ? reply.next().filter(server::owns) : Optional.empty();
        }
        return page.isEmpty();
    }

    /** Asks what the other interface has no call for. Nothing is changed by it. */
    public JsonNode graph(String query, ObjectNode variables, String doing, Need need) {
        URI address = URI.create(server.path("").toString().replaceFirst("/v3$", "") + "/graphql");
        ObjectNode question = JSON.createObjectNode().put("query", query);
        question.set("variables", variables);
        return repeatable(call(Method.POST, address, doing, need).atAnyTime().with(json(question)))
                .dataOrFail();
    }

    public Reply patch(String path, ObjectNode body, String doing, Need need) {
        return repeatable(call(Method.PATCH, server.path(path), doing, need).with(json(body)));
    }

    /** Changes what others may be changing at the same time. */
    public Reply change(String path, ObjectNode body, String doing, Need need) throws LostAnswer {
        return change(path, json(body), doing, need);
    }

    public Reply change(String path, Body body, String doing, Need need) throws LostAnswer {
        return once(call(Method.PATCH, server.path(path), doing, need).once().with(body));
    }

    /** Removes what may be gone already: after a lost answer nobody can tell. */
    public void delete(String path, String doing, Need need) {
        Reply reply = repeatable(call(Method.DELETE, server.path(path), doing, need));
        if (!reply.isMissing()) {
            reply.orFail();
        }
    }

    /** Creates something. */
    public Reply post(String path, ObjectNode body, String doing, Need need) throws LostAnswer {
        return post(path, json(body), doing, need);
    }

    public Reply post(String path, Body body, String doing, Need need) throws LostAnswer {
        return once(call(Method.POST, server.path(path), doing, need).with(body));
    }

    /** Sends a file to the address that GitHub named for it. */
    public Reply upload(URI address, Body body, String doing, Need need) throws LostAnswer {
        if (!server.owns(address)) {
            throw Failure.notAllowed(
                    "could not " + doing + ": the server names " + address.getHost()
                            + " as the place for it, and the token is not for that host",
                    "check the server's address");
        }
        return once(call(Method.POST, address, doing, need).with(body));
    }

    /** What is done with a file as it arrives; from its beginning again when it broke off. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(InputStream file) throws IOException;
    }

    /** Reads a file; empty where it is gone. It may lie on any host; the token goes only to the server's own. */
    public <T> Optional<T> download(String path, Reader<T> reader, String doing, Need need) {
        return download(server.path(path), reader, doing, need);
    }

    public <T> Optional<T> download(URI address, Reader<T> reader, String doing, Need need) {
        if (WebOrigin.of(address).filter(place -> !place.isInTheOpen()).isEmpty()) {
            throw Failure.notAllowed(
                    "could not " + doing + ": the server names a place for it that is not an https address",
                    "check the server's address");
        }
        Call call = call(Method.GET, address, doing, need).with("Accept", "application/octet-stream");
        for (int tried = 1; ; tried++) {
            try (Answer answer = transport.send(call)) {
                if (answer.status() == 200) {
                    return Optional.of(reader.read(answer.body()));
                }
                Reply reply = reply(call, answer);
                if (reply.isMissing()) {
                    return Optional.empty();
                }
                throw Refusal.inWords(reply);
            } catch (IOException e) {
                if (tried == READS) {
                    throw unreachable(call, e);
                }
            }
        }
    }

    private Call call(Method method, URI uri, String doing, Need need) {
        return Call.of(method, uri, doing, need)
                .with("Accept", ACCEPT)
                .with("User-Agent", "session-relay")
                .with("X-GitHub-Api-Version", "2022-11-28");
    }

    private static Body json(ObjectNode body) {
        try {
            return new Body.OfText(JSON.writeValueAsString(body), "application/json; charset=utf-8");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer may also break off in its middle, which the wrappers below do not see. */
    private Reply repeatable(Call call) {
        for (int tried = 1; ; tried++) {
            try (Answer answer = transport.send(call)) {
                return reply(call, answer);
            } catch (Transport.NeverSent e) {
                throw unreachable(call, e);
            } catch (IOException e) {
                if (tried == READS) {
                    throw unreachable(call, e);
                }
            }
        }
    }

    private Reply once(Call call) throws LostAnswer {
        try (Answer answer = transport.send(call)) {
            return reply(call, answer);
        } catch (LostAnswer e) {
            throw e;
        } catch (Transport.NeverSent e) {
            throw unreachable(call, e);
        } catch (IOException e) {
            throw new LostAnswer(Reason.of(e), e);
        }
    }

    private Reply reply(Call call, Answer answer) throws IOException {
        byte[] body = answer.beginning(MOST_OF_A_REPLY);
        return new Reply(
                answer.status(),
                answer.headers(),
                parse(answer, body),
                new Refusal.Context(call.doing(), call.need(), token));
    }

    /** An error page in HTML is no JSON, and a proxy may put one before any answer. */
    private static JsonNode parse(Answer answer, byte[] body) throws IOException {
        boolean isJson = answer.header("Content-Type").orElse("").contains("json");
        if (!isJson || body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            if (answer.isDone()) {
                throw new IOException("the answer broke off", e);
            }
            return MissingNode.getInstance();
        }
    }

    private static Failure unreachable(Call call, IOException e) {
        return Failure.unreachable(
                "could not " + call.doing() + ": " + call.uri().getHost() + " was not reached, " + Reason.of(e),
                "check the network and the proxy (HTTPS_PROXY), and run this again");
    }

    /** When a lost answer stays lost. */
    public static Failure unclear(String doing, LostAnswer e) {
        return Failure.unreachable(
                "could not " + doing + ": " + e.getMessage() + ", and it could not be learnt whether it was done",
                "run this again: what was done already is noticed");
    }

    @Override
    public void close() {
        wire.close();
    }
}
