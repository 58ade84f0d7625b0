package dev.sessionrelay.io;

import dev.sessionrelay.io.file.PlainFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** A file as it is; what is put behind it later does not belong to it. */
public record FilePayload(Path file, long size) implements Payload {

    public static FilePayload of(Path file) throws IOException {
        return new FilePayload(file, PlainFile.size(file));
    }

    @Override
    public InputStream open(long from) throws IOException {
        return new RangeStream(file, List.of(new RangeStream.Range(from, size)));
    }
}
