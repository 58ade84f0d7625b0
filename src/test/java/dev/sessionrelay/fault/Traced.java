package dev.sessionrelay.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One run of the program whose changes below a folder are counted, over all of its threads, and which may be killed
 * before one of them.
 *
 * @param calls those that it came to; the last was not done when it was killed
 */
record Traced(int exit, String said, List<FileCall> calls) {
    static final int KILLED = 128 + 9;
    private static final int PATIENCE_SECONDS = 120;
    /** Not a child of ours; it tells its number, and waits until it is followed. */
    private static final String STARTED =
            "exec 3<&0; (read -r go <&3; exec \"$@\" 3<&-) >\"$OUTPUT\" 2>&1 &" + " echo $!; wait $!; exit $?";

    static Traced whole(Relay relay, List<String> arguments, Path folder) throws IOException {
        return run(relay, arguments, folder, Integer.MAX_VALUE);
    }

    /** @param number of the change that it is not to come to; from 1 */
    static Traced killedBefore(int number, Relay relay, List<String> arguments, Path folder) throws IOException {
        return run(relay, arguments, folder, number);
    }

    /** Whether it came to its end before that change: one run makes a folder, or tries a lock, less often than another. */
    boolean endedBefore(int number) {
        return exit == 0 && calls.size() < number;
    }

    private static Traced run(Relay relay, List<String> arguments, Path folder, int number) throws IOException {
        Path output = Files.createTempFile("relay", ".out");
        ProcessBuilder builder = relay.under("sh", "-c", STARTED, "sh").builder(arguments);
        builder.environment().put("OUTPUT", output.toString());
        List<FileCall> calls = new ArrayList<>();
        Process shell = builder.start();
        try {
            int process = Integer.parseInt(
                    shell.inputReader(StandardCharsets.US_ASCII).readLine());
            CompletableFuture<Optional<IOException>> done = new CompletableFuture<>();
            Thread.ofPlatform()
                    .start(() -> done.complete(follow(shell, process, call -> {
                        if (!call.path().startsWith(folder) || calls.size() == number) {
                            return false;
                        }
                        calls.add(call);
                        return calls.size() == number;
                    })));
            if (!shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("it did not end: " + arguments);
            }
            Optional<IOException> error = done.join();
            if (error.isPresent()) {
                throw error.get();
            }
            return new Traced(shell.exitValue(), Files.readString(output, StandardCharsets.UTF_8), calls);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            Files.delete(output);
        }
    }

    private static Optional<IOException> follow(Process shell, int process, Tracer.Watcher watcher) {
        try (Tracer tracer = new Tracer()) {
            tracer.follow(process, () -> letGo(shell), watcher);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private static void letGo(Process shell) {
        try {
            shell.getOutputStream().write('\n');
            shell.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
