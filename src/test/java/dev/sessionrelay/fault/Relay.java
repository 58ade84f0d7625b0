package dev.sessionrelay.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program as users have it: the built jar, in a process of its own, with next to nothing in its environment. */
record Relay(Path jar, List<String> wrapper, List<String> options, Map<String, String> environment) {
    private static final Path BUILT =
            Path.of(System.getProperty("basedir", "")).resolve("target").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 120;

    record Ran(int exit, String out, String err) {}

    static Relay built() {
        return new Relay(BUILT.resolve("session-relay.jar"), List.of(), List.of("-XX:TieredStopAtLevel=1"), Map.of());
    }

    /** A copy that every user of this machine can read. */
    Relay copiedTo(Path folder) throws IOException {
        run("cp", "-r", jar.toString(), jar.resolveSibling("lib").toString(), folder.toString());
        run("chmod", "-R", "a+rX", folder.toString());
        return new Relay(folder.resolve(jar.getFileName()), wrapper, options, environment);
    }

    /** The same, run by a command that takes a command: {@code strace}, {@code setpriv} and the like. */
    Relay under(String... command) {
        return new Relay(jar, List.of(command), options, environment);
    }

    /** The same with this in its environment as well. */
    Relay in(Map<String, String> more) {
        return new Relay(jar, wrapper, options, more);
    }

    Relay with(String... moreOptions) {
        return new Relay(
                jar,
                wrapper,
                Stream.concat(options.stream(), Stream.of(moreOptions)).toList(),
                environment);
    }

    /** Saves or restores this recording, with the key that all of these tests use. */
    Ran run(String verb, Recording recording, String store, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                verb,
                "--key=pr-12",
                "--store=" + store,
                "--claude-home=" + recording.home(),
                "--working-directory=" + Recording.FOLDER));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    Ran run(List<String> arguments) throws IOException {
        return run(builder(arguments));
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        return command;
    }

    /** What runs it, with next to nothing else in its environment. */
    ProcessBuilder builder(List<String> arguments) {
        ProcessBuilder builder = bare(command(arguments));
        builder.environment().putAll(environment);
        return builder;
    }

    private static ProcessBuilder bare(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        return builder;
    }

    static Ran run(String... command) throws IOException {
        return run(bare(List.of(command)));
    }

    private static Ran run(ProcessBuilder builder) throws IOException {
        Path out = Files.createTempFile("relay", ".out");
        Path err = Files.createTempFile("relay", ".err");
        try {
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", builder.command()) + " did not end");
            }
            return new Ran(process.exitValue(), text(out), text(err));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
