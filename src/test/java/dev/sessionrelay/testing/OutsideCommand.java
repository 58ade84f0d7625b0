package dev.sessionrelay.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that nobody here wrote, run with something on its standard input. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutsideCommand(int exit, byte[] out, String err) {

    public static OutsideCommand run(byte[] input, String... line) throws IOException {
        Path out = Files.createTempFile("relay-out-", "");
        Path err = Files.createTempFile("relay-err-", "");
        try {
            Process process = new ProcessBuilder(line)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException e) {
                // It may end without reading all; its exit code says why.
            }
            return new OutsideCommand(process.waitFor(), Files.readAllBytes(out), Files.readString(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** What it printed. It has to have succeeded. */
    public byte[] done() {
        if (exit != 0) {
            throw new AssertionError("ended with " + exit + ": " + err);
        }
        return out;
    }

    public static void make(String... line) throws IOException {
        run(new byte[0], line).done();
    }
}
