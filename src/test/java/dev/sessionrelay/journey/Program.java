package dev.sessionrelay.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program run as another machine would run it: nothing of our environment, nothing to read, not for ever. */
record Program(List<String> command, Path cwd, Map<String, String> environment) {

    record Ended(int exit, String stdout, String stderr, Duration took) {
        /** All that one wants to see in a failed test. */
        String told() {
            return "exit %d after %d ms%nstdout: %s%nstderr: %s".formatted(exit, took.toMillis(), stdout, stderr);
        }
    }

    /** Output goes to files, for a pipe that nobody reads would stop the program. */
    Ended run(Duration limit) throws IOException, InterruptedException {
        Path out = Files.createTempFile("journey-", ".out");
        Path err = Files.createTempFile("journey-", ".err");
        try {
            var builder = new ProcessBuilder(command)
                    .directory(cwd.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            long started = System.nanoTime();
            Process process = builder.start();
            boolean inTime = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!inTime) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            var took = Duration.ofNanos(System.nanoTime() - started);
            var ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err), took);
            if (!inTime) {
                throw new AssertionError(
                        "%s was still running after %s%n%s".formatted(command.getFirst(), limit, ended.told()));
            }
            return ended;
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
