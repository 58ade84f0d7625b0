package dev.sessionrelay.action.docker;

import dev.sessionrelay.io.BlockStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The engine's answer to one request. Closing it ends the connection, however much of the body was read. */
final class EngineAnswer implements Closeable {
    private static final int LONGEST_LINE = 1 << 16;
    private static final int MOST_HEADERS = 100;

    private final Closeable connection;
    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;

    private EngineAnswer(Closeable connection, int status, Map<String, String> headers, InputStream in)
            throws IOException {
        this.connection = connection;
        this.status = status;
        this.headers = headers;
        this.body = bodyIn(in);
    }

    /** Reads the head of an answer. */
    static EngineAnswer read(InputStream in, Closeable connection) throws IOException {
        while (true) {
            String[] first = line(in).split(" ", 3);
            if (first.length < 2 || !first[0].startsWith("HTTP/1.")) {
                throw new IOException("what answers there does not speak HTTP");
            }
            Map<String, String> headers = new HashMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                if (colon < 1 || headers.size() > MOST_HEADERS) {
                    throw new IOException("the engine's answer cannot be read");
                }
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            int status = number(first[1], 10);
            if (status >= 200) {
                return new EngineAnswer(connection, status, headers, in);
            }
        }
    }

    int status() {
        return status;
    }

    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    InputStream body() {
        return body;
    }

    private InputStream bodyIn(InputStream in) throws IOException {
        if (header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            return new Chunks(in);
        }
        String length = header("Content-Length");
        return length.isEmpty() ? in : new Limited(in, Long.parseLong(length));
    }

    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > LONGEST_LINE) {
                throw new EOFException("the engine ended the connection");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    static int number(String digits, int radix) throws IOException {
        try {
            return Integer.parseInt(digits, radix);
        } catch (NumberFormatException e) {
            throw new IOException("the engine's answer cannot be read: a number was expected", e);
        }
    }

    /** The beginning of the body, for a message. */
    String text() throws IOException {
        return new String(body.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** A body of known length. One that ends too soon is an error, never a short file. */
    private static final class Limited extends BlockStream {
        private final InputStream in;
        private long left;

        Limited(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(into, from, (int) Math.min(most, left));
            if (read < 0) {
                throw new EOFException("the engine ended the connection with " + left + " bytes to go");
            }
            left -= read;
            return read;
        }
    }

    /** A body in chunks. */
    private static final class Chunks extends BlockStream {
        private final InputStream in;
        private long left;
        private boolean ended;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            if (left == 0 && !ended) {
                left = number(line(in).split(";", 2)[0], 16);
                ended = left == 0;
            }
            if (ended) {
                return -1;
            }
            int read = in.read(into, from, (int) Math.min(most, left));
            if (read < 0) {
                throw new EOFException("the engine ended the connection in the middle of a chunk");
            }
            left -= read;
            if (left == 0) {
                line(in);
            }
            return read;
        }
    }
}
