package dev.sessionrelay.github;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.http.Credential;
import dev.sessionrelay.http.Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * What github-api sends goes the way of all calls, and what GitHub refuses is words before the library sees it: so it
 * never tries anything again, and never waits.
 */
final class Connector implements GitHubConnector {
    private final ScopedValue<Purpose> purpose = ScopedValue.newInstance();
    private final Server server;
    private final Optional<Credential> token;
    private final Transport transport;

    Connector(Server server, Optional<Credential> token, Transport transport) {
        this.server = server;
        this.token = token;
        this.transport = transport;
    }

    /** The server was not reached, or could not be read. Of the kinds of failure that the library knows it is none. */
    static final class NotReached extends IOException {
        private static final long serialVersionUID = 1;

        private final Failure inWords;

        NotReached(Failure inWords, IOException cause) {
            super(cause);
            this.inWords = inWords;
        }

        Failure inWords() {
            return inWords;
        }
    }

    <T> T during(Purpose what, ScopedValue.CallableOp<T, IOException> work) throws IOException {
        return ScopedValue.where(purpose, what).call(work);
    }

    @Override
    public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
        Call call = call(request, purpose.get());
        try {
            return transport.send(call, answer -> response(request, call, answer));
        } catch (UnknownOutcome e) {
            throw e;
        } catch (Transport.NeverSent e) {
            throw new NotReached(GitHub.unreachable(call, e), e);
        } catch (IOException e) {
            if (!call.mayBeRepeated()) {
                throw new UnknownOutcome(Reason.of(e), e);
            }
            throw new NotReached(GitHub.unreachable(call, e), e);
        }
    }

    private static Call call(GitHubConnectorRequest request, Purpose purpose) throws IOException {
        Call call = Call.of(
                Call.Method.valueOf(request.method()),
                URI.create(request.url().toString()),
                purpose.doing(),
                purpose.need());
        String accept = request.header("Accept");
        if (accept != null) {
            call = call.with("Accept", accept);
        }
        InputStream body = request.body();
        if (body != null) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            call = call.with(new Call.Body.OfText(text, Objects.requireNonNull(request.contentType())));
        }
        return purpose.mayBeRepeated() ? call.atAnyTime() : call.once();
    }

    private GitHubConnectorResponse response(GitHubConnectorRequest request, Call call, RawResponse answer)
            throws IOException {
        if (!answer.isDone()) {
            throw JsonResponse.of(call, token, answer).refused();
        }
        byte[] body = answer.beginning(JsonResponse.MOST_BYTES);
        if (body.length > 0) {
            requireObjects(answer, body);
        }
        return new Response(request, answer.status(), headers(answer), body);
    }

    /** The library would stumble over anything else. */
    private static void requireObjects(RawResponse answer, byte[] body) throws IOException {
        if (!answer.isJson()) {
            throw new IOException("the answer is not JSON");
        }
        try (JsonParser json = GitHub.JSON.createParser(body)) {
            JsonToken first = json.nextToken();
            boolean isList = first == JsonToken.START_ARRAY;
            if (!isList) {
                requireObject(first);
                json.skipChildren();
            }
            while (isList && json.nextToken() != JsonToken.END_ARRAY) {
                requireObject(json.currentToken());
                json.skipChildren();
            }
        } catch (JsonProcessingException e) {
            throw new IOException("the answer broke off", e);
        }
    }

    private static void requireObject(JsonToken token) throws IOException {
        if (token != JsonToken.START_OBJECT) {
            throw new IOException("the answer is not one of GitHub's");
        }
    }

    /** A list that goes on elsewhere ends here. */
    private Map<String, List<String>> headers(RawResponse answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        boolean isEndless = purpose.get().answers().incrementAndGet() >= GitHub.MOST_PAGES;
        if (isEndless
                || JsonResponse.next(answer.headers()).filter(server::owns).isEmpty()) {
            headers.keySet().removeIf("Link"::equalsIgnoreCase);
        }
        return headers;
    }

    private static final class Response extends GitHubConnectorResponse {
        private final byte[] body;

        Response(GitHubConnectorRequest request, int status, Map<String, List<String>> headers, byte[] body) {
            super(request, status, headers);
            this.body = body;
        }

        @Override
        public InputStream bodyStream() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public void close() {
            // It was read whole.
        }
    }
}
