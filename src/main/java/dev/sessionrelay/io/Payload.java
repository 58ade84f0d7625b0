package dev.sessionrelay.io;

import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes that know their number and can be read any number of times, from anywhere, without ever being all in memory.
 */
public interface Payload {
    long size();

    /** The bytes from this offset to the end. */
    InputStream open(long from) throws IOException;

    default InputStream open() throws IOException {
        return open(0);
    }
}
