package dev.sessionrelay.transcript.merge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sessionrelay.io.BlockStream;
import dev.sessionrelay.io.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Goes through the bytes of records in their order, marks them, and finds the tool calls in them. */
final class RecordContent implements Closeable {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

    private final InputStream in;
    private final MessageDigest counter = Digest.counter();
    private long at;
    private final List<String> calls = new ArrayList<>();
    private final List<String> results = new ArrayList<>();

    RecordContent(InputStream in) {
        this.in = in;
    }

    /** The mark of the bytes to {@code end}, without those of the gap. */
    RecordHash mark(long end, long gapStart, long gapEnd, boolean findTools) throws IOException {
        calls.clear();
        results.clear();
        CountedRecords record = new CountedRecords(end, gapStart, gapEnd);
        if (findTools) {
            try (JsonParser parser = JSON.createParser(record)) {
                findTools(parser);
            } catch (JsonProcessingException noJson) {
                // Claude Code cannot read it either, so it calls nothing.
            }
        }
        record.transferTo(OutputStream.nullOutputStream());
        return RecordHash.of(counter);
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    List<String> results() {
        return List.copyOf(results);
    }

    private void findTools(JsonParser parser) throws IOException {
        if (parser.nextToken() == JsonToken.START_OBJECT && enter(parser, "message", JsonToken.START_OBJECT)) {
            if (enter(parser, "content", JsonToken.START_ARRAY)) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    block(parser);
                }
            }
        }
    }

    /** Goes on to this field's value; false when the object has none of that form. */
    private static boolean enter(JsonParser parser, String name, JsonToken form) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isIt = parser.currentName().equals(name);
            if (parser.nextToken() == form && isIt) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private void block(JsonParser parser) throws IOException {
        String type = "";
        String id = "";
        String answered = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
            switch (name) {
                case "type" -> type = isText ? parser.getText() : type;
                case "id" -> id = isText ? parser.getText() : id;
                case "tool_use_id" -> answered = isText ? parser.getText() : answered;
                default -> {}
            }
            parser.skipChildren();
        }
        switch (type) {
            case "tool_use" -> calls.add(id);
            case "tool_result" -> results.add(answered);
            default -> {}
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** One record's bytes, counted as they are read. */
    private final class CountedRecords extends BlockStream {
        private final long end;
        private final long gapStart;
        private final long gapEnd;

        CountedRecords(long end, long gapStart, long gapEnd) {
            this.end = end;
            this.gapStart = gapStart;
            this.gapEnd = gapEnd;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (at >= end) {
                return -1;
            }
            int read = in.read(bytes, offset, (int) Math.min(length, end - at));
            if (read > 0) {
                count(bytes, offset, at, Math.min(at + read, gapStart));
                count(bytes, offset, Math.max(at, gapEnd), at + read);
                at += read;
            }
            return read;
        }

        private void count(byte[] bytes, int offset, long from, long to) {
            if (from < to) {
                counter.update(bytes, offset + (int) (from - at), (int) (to - from));
            }
        }
    }
}
