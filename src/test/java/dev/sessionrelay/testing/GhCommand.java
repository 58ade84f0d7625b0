package dev.sessionrelay.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * GitHub's own {@code gh}, in one folder and with nobody's settings, at a GitHub on this machine.
 *
 * @param proxy leads to that GitHub
 */
public record GhCommand(Path folder, String proxy, String token) {

    /** What it prints. It has to succeed. */
    public String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("gh"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(?i)(GH|GITHUB)_.*|.*_PROXY"));
        builder.environment()
                .putAll(Map.of(
                        "GH_HOST",
                        "github.localhost",
                        "GH_TOKEN",
                        token,
                        "GH_CONFIG_DIR",
                        folder.resolve("gh").toString(),
                        "HTTP_PROXY",
                        proxy));
        Path errors = folder.resolve("errors.txt");
        Process process = builder.redirectError(errors.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return out;
    }
}
