package dev.sessionrelay.github;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** What came back. Its body is read as it arrives, and has to be closed. */
public record RawResponse(int status, HttpHeaders headers, InputStream body) implements AutoCloseable {

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    boolean isDone() {
        return status / 100 == 2;
    }

    boolean isJson() {
        return header("Content-Type").orElse("").contains("json");
    }

    /** So much of the body as a message needs. */
    byte[] beginning(int most) throws IOException {
        return body.readNBytes(most);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
