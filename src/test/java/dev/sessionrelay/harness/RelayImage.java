package dev.sessionrelay.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The image of this working tree. Built by {@code build/prepare/image} when what it is made of has changed. */
final class RelayImage {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final String NAME = build();

    private RelayImage() {}

    static String name() {
        return NAME;
    }

    private static String build() {
        var environment = Map.of("PATH", Command.path(), "HOME", System.getProperty("user.home"));
        Command.Ended ended = Command.start(
                        List.of(PROJECT.resolve("build/prepare/image").toString(), "--name"), PROJECT, environment)
                .await(Duration.ofMinutes(15));
        if (ended.exit() != 0) {
            throw new AssertionError("tried to build the image, but: " + ended.said());
        }
        return ended.said().strip().lines().toList().getLast();
    }
}
