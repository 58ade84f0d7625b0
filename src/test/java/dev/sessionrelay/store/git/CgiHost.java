package dev.sessionrelay.store.git;

import com.sun.net.httpserver.HttpExchange;
import dev.sessionrelay.testing.GitCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The real {@code git http-backend}, told which version of the protocol it may speak, whatever it is asked for.
 *
 * @param root its repositories are below
 * @param protocol as {@code version=1}; empty for the first of all
 */
record CgiHost(Path root, String protocol) implements StandInHost.Answering {

    @Override
    public void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String backend = GitCommand.in(root).run("--exec-path").strip() + "/git-http-backend";
        ProcessBuilder builder = new ProcessBuilder(backend).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.putAll(Map.of(
                "GIT_PROJECT_ROOT",
                root.toString(),
                "GIT_HTTP_EXPORT_ALL",
                "1",
                "GIT_CONFIG_NOSYSTEM",
                "1",
                "GIT_CONFIG_GLOBAL",
                "/dev/null",
                "REMOTE_USER",
                "somebody",
                "REQUEST_METHOD",
                exchange.getRequestMethod(),
                "PATH_INFO",
                exchange.getRequestURI().getPath(),
                "CONTENT_LENGTH",
                String.valueOf(body.length)));
        put(environment, "QUERY_STRING", exchange.getRequestURI().getQuery());
        put(environment, "CONTENT_TYPE", exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!protocol.isEmpty()) {
            environment.put("HTTP_GIT_PROTOCOL", protocol);
        }
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(body);
        } catch (IOException readNoFurther) {
            // It has its reasons, and says them.
        }
        say(exchange, process.getInputStream().readAllBytes());
    }

    private static void put(Map<String, String> environment, String name, String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }

    private static void say(HttpExchange exchange, byte[] answer) throws IOException {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        String headers = end < 0 ? "" : text.substring(0, end);
        int status = headers.startsWith("Status: ") ? Integer.parseInt(headers.substring(8, 11)) : 200;
        int from = end < 0 ? answer.length : end + 4;
        exchange.sendResponseHeaders(status, answer.length == from ? -1 : answer.length - from);
        try (InputStream rest = new ByteArrayInputStream(answer, from, answer.length - from)) {
            rest.transferTo(exchange.getResponseBody());
        }
        exchange.close();
    }
}
