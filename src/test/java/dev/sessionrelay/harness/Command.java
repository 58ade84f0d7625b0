package dev.sessionrelay.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that was started, with its output and error stream as one. */
record Command(List<String> line, Process process, Path said) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    record Ended(int exit, String said, Duration took) {}

    /** Runs a program that has to succeed. */
    static String run(String... line) {
        Ended ended = start(List.of(line), Path.of("/"), Map.of("PATH", path())).await();
        if (ended.exit() != 0) {
            throw new AssertionError(String.join(" ", line) + " ended with " + ended.exit() + ": " + ended.said());
        }
        return ended.said();
    }

    /** Starts a program that sees nothing of our environment but what is given. */
    static Command start(List<String> line, Path folder, Map<String, String> environment) {
        try {
            Path said = Files.createTempFile("relay-said-", ".log");
            var builder = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Command(line, builder.start(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String path() {
        return System.getenv().getOrDefault("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin";
    }

    /** What it has said up to now. */
    String saidSoFar() {
        try {
            return new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ended await() {
        return await(LIMIT);
    }

    Ended await(Duration limit) {
        long from = System.nanoTime();
        boolean inTime = endsWithin(limit);
        if (!inTime) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", line) + " did not end: " + saidSoFar());
        }
        var ended = new Ended(process.exitValue(), saidSoFar(), Duration.ofNanos(System.nanoTime() - from));
        try {
            Files.delete(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ended;
    }

    /** As the runner cancels: SIGINT and 7.5 seconds, SIGTERM and 2.5 seconds, then an end by force. */
    Ended cancel() {
        run("kill", "-INT", String.valueOf(process.pid()));
        if (!endsWithin(Duration.ofMillis(7500))) {
            process.destroy();
            if (!endsWithin(Duration.ofMillis(2500))) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        return await();
    }

    private boolean endsWithin(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
