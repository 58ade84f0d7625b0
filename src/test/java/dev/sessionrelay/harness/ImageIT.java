package dev.sessionrelay.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The image by itself, as the command line that it also is. */
@Needs({Tool.DOCKER, Tool.BASE_IMAGES})
class ImageIT {
    @Test
    void runsTheCommandLine() {
        assertThat(run(Map.of(), List.of(), "save", "--sample").said())
                .contains("saved")
                .contains("to continue it");
        assertThat(run(Map.of(), List.of(), "restore").exit()).isEqualTo(1);
    }

    /** Java passes over a cache that does not fit, in silence; here it may not. */
    @Test
    void startsFromItsCache() {
        Command.Ended ended = run(
                Map.of(),
                List.of("--entrypoint", "/opt/session-relay/bin/java"),
                "-XX:AOTMode=on",
                "@/opt/session-relay/options",
                "--version");
        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(ended.said()).startsWith("session-relay ");
    }

    @Test
    void startsWhateverTheJobsEnvironmentSays() {
        Map<String, String> hostile = Map.of(
                "JAVA_TOOL_OPTIONS", "-javaagent:/nope.jar",
                "JDK_JAVA_OPTIONS", "-XX:+NoSuchFlag",
                "_JAVA_OPTIONS", "-Xmx1k",
                "JAVA_HOME", "/opt/hostedtoolcache/jdk",
                "CLASSPATH", "/nope",
                "LD_LIBRARY_PATH", "/github/workspace",
                "LC_ALL", "C",
                "PATH", "");
        Command.Ended ended = run(hostile, List.of(), "--version");
        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(ended.said()).startsWith("session-relay ").hasLineCount(1);
    }

    /** The loader itself speaks of a library that it cannot load; beyond that nothing happens. */
    @Test
    void startsWithALibraryThatIsNotThere() {
        Command.Ended ended = run(Map.of("LD_PRELOAD", "/nope.so"), List.of(), "--version");
        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(ended.said()).doesNotContain("Exception").contains("session-relay ");
    }

    @Test
    void namesFilesBeyondAscii() {
        Command.Ended ended =
                run(Map.of("LC_ALL", "C"), List.of(), "save", "--sample", "--store", "folder:/tmp/Übergabe-日本");
        assertThat(ended.exit()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("/tmp/Übergabe-日本");
    }

    @Test
    void holdsNoPackageManagerAndNoShellBeforeJava() {
        Command.Ended ended = run(
                Map.of(),
                List.of("--entrypoint", "sh"),
                "-c",
                "for c in apt apt-get dpkg curl wget mvn javac; do command -v $c; done; :");
        assertThat(ended.said()).isEmpty();
        String entrypoint = Command.run(
                ContainerStep.docker(),
                "image",
                "inspect",
                "--format",
                "{{json .Config.Entrypoint}} {{.Config.User}}",
                RelayImage.name());
        assertThat(entrypoint.strip()).startsWith("[\"/usr/bin/env\",").endsWith("\"@/opt/session-relay/options\"]");
    }

    private static Command.Ended run(Map<String, String> environment, List<String> options, String... arguments) {
        var line = new ArrayList<>(List.of(ContainerStep.docker(), "run", "--rm"));
        environment.keySet().forEach(name -> line.addAll(List.of("-e", name)));
        line.addAll(options);
        line.add(RelayImage.name());
        line.addAll(List.of(arguments));
        var client = new LinkedHashMap<>(Map.of("PATH", Command.path()));
        client.putAll(environment);
        return Command.start(line, Path.of("/"), client).await();
    }
}
