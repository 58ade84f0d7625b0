package dev.sessionrelay.store.gist;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sessionrelay.github.Call;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is asked of GitHub for a gist, written into a file as it goes: a session need not fit into memory. */
final class GistRequest implements AutoCloseable {
    private final Path file;
    private final OutputStream out;
    private boolean isFirst = true;
    private long content;

    /** @param description empty where it stays as it is */
    GistRequest(Path file, String description, boolean isNew) throws IOException {
        this.file = file;
        this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        raw("{");
        if (!description.isEmpty()) {
            raw("\"description\":" + quoted(description) + ",");
        }
        if (isNew) {
            raw("\"public\":false,");
        }
        raw("\"files\":{");
    }

    /** Writes itself. */
    @FunctionalInterface
    interface RequestContent {
        void writeTo(OutputStream out) throws IOException;
    }

    void add(String name, RequestContent bytes) throws IOException {
        begin(name);
        raw("{\"content\":\"");
        EscapedText text = new EscapedText(out);
        OutputStream counted = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                content++;
                text.write(b);
            }

            @Override
            public void write(byte[] some, int offset, int length) throws IOException {
                content += length;
                text.write(some, offset, length);
            }
        };
        bytes.writeTo(counted);
        text.end();
        raw("\"}");
    }

    void add(String name, String text) throws IOException {
        add(name, to -> to.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    void remove(String name) throws IOException {
        begin(name);
        raw("null");
    }

    private void begin(String name) throws IOException {
        raw((isFirst ? "" : ",") + quoted(name) + ":");
        isFirst = false;
    }

    private void raw(String json) throws IOException {
        out.write(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** How many bytes the files have that are sent. */
    long content() {
        return content;
    }

    Call.Body finish() throws IOException {
        raw("}}");
        out.close();
        return new Call.Body.OfFile(file, Files.size(file), "application/json; charset=utf-8");
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(file);
    }
}
