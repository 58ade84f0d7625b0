package dev.sessionrelay.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, which somebody ends from outside. */
public final class Victim {
    private static final Path JAR = Path.of(System.getProperty("basedir", ""))
            .resolve("target/session-relay.jar")
            .toAbsolutePath();
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path out;
    private final Path temporary;

    private Victim(Process process, Path out, Path temporary) {
        this.process = process;
        this.out = out;
        this.temporary = temporary;
    }

    /** @param folder for its output and its temporary files */
    public static Victim start(Path folder, Map<String, String> environment, List<String> arguments)
            throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Path cache = folder.resolve("start.aot");
        Path out = Files.createTempFile(folder, "victim", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // The first one makes what lets the others start in half the time.
                (Files.exists(cache) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + cache,
                "-Xlog:disable",
                "-Djava.io.tmpdir=" + temporary,
                "-jar",
                JAR.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return new Victim(builder.start(), out, temporary);
    }

    /** Waits until it says something. */
    public void awaitItsFirstWord() throws IOException {
        while (Files.size(out) == 0 && process.isAlive()) {
            sleep(1);
        }
    }

    public static void sleep(long milliseconds) {
        try {
            Thread.sleep(Duration.ofMillis(milliseconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param signal as {@code kill} takes it: {@code INT}, {@code KILL} */
    public void signal(String signal) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public int await() throws IOException {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("it did not end: " + said());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    public String said() throws IOException {
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    /** What it left in the folder for temporary files. */
    public List<Path> left() throws IOException {
        try (var files = Files.list(temporary)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("hsperfdata"))
                    .toList();
        }
    }
}
