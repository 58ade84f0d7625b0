package dev.sessionrelay.action.runner;

import dev.sessionrelay.action.ActionFace;
import dev.sessionrelay.process.ShutdownGrace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A runner as the action meets it: shared folders, environment, and files whose commands it reads by the real runner's
 * rules. What one call leaves in state and environment reaches the next.
 */
public final class StandInRunner {
    public final Path host;
    public final Path home;
    public final Path workspace;
    public final Path temp;
    public final Map<String, String> environment = new HashMap<>();
    public Path dockerSocket;

    public StandInRunner(Path root) {
        this.host = root.resolve("host");
        this.home = root.resolve("github/home");
        this.workspace = root.resolve("github/workspace");
        this.temp = root.resolve("github/runner_temp");
        this.dockerSocket = root.resolve("no.sock");
        try {
            for (Path folder : List.of(home, workspace, temp, root.resolve("github/workflow"))) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.put("GITHUB_ACTIONS", "true");
        environment.put("HOME", home.toString());
        environment.put("GITHUB_WORKSPACE", workspace.toString());
        environment.put("RUNNER_TEMP", temp.toString());
        environment.put("RUNNER_WORKSPACE", host.resolve("work/my.re_po").toString());
        environment.put("GITHUB_REPOSITORY", "octo/my.re_po");
        environment.put("GITHUB_SERVER_URL", "https://github.com");
        environment.put(
                "GITHUB_EVENT_PATH", root.resolve("github/workflow/event.json").toString());
        environment.put("GITHUB_RUN_ID", "77");
        event("push", "refs/heads/main", "{\"repository\":{\"private\":true,\"visibility\":\"private\"}}");
    }

    public StandInRunner event(String name, String ref, String payload) {
        environment.put("GITHUB_EVENT_NAME", name);
        environment.put("GITHUB_REF", ref);
        try {
            Files.writeString(Path.of(environment.get("GITHUB_EVENT_PATH")), payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public StandInRunner with(String input, String value) {
        environment.put("INPUT_" + input.toUpperCase(Locale.ROOT), value);
        return this;
    }

    /** The host's name of the workspace: what claude sees as its folder. */
    public String hostWorkspace() {
        return host.resolve("work/my.re_po/my.re_po").toString();
    }

    public record Ended(
            int exitCode,
            String log,
            Map<String, String> outputs,
            Map<String, String> variables,
            Map<String, String> state,
            String summary) {}

    public ActionContext asSeen(Map<String, String> more, PrintStream out) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new ActionContext(all, out, Clock.systemUTC(), dockerSocket, ShutdownGrace.none());
    }

    /** One call of the container, with new command files as each call gets them. */
    public Ended run(String... arguments) {
        try {
            Map<String, String> files = new HashMap<>();
            for (String name : List.of("OUTPUT", "ENV", "STATE", "STEP_SUMMARY")) {
                files.put(
                        "GITHUB_" + name,
                        Files.createTempFile(home.getParent(), name, "").toString());
            }
            ByteArrayOutputStream log = new ByteArrayOutputStream();
            int exitCode = ActionFace.run(
                    asSeen(files, new PrintStream(log, true, StandardCharsets.UTF_8)), List.of(arguments));
            Map<String, String> variables = parse(Files.readString(Path.of(files.get("GITHUB_ENV"))));
            Map<String, String> state = parse(Files.readString(Path.of(files.get("GITHUB_STATE"))));
            environment.putAll(variables);
            state.forEach((name, value) -> environment.put("STATE_" + name, value));
            return new Ended(
                    exitCode,
                    log.toString(StandardCharsets.UTF_8),
                    parse(Files.readString(Path.of(files.get("GITHUB_OUTPUT")))),
                    variables,
                    state,
                    Files.readString(Path.of(files.get("GITHUB_STEP_SUMMARY"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another job of the same repository on this runner: its temporary folders and environment are new. */
    public void nextJob() {
        environment.keySet().removeIf(name -> name.startsWith("STATE_") || name.startsWith("SESSION_"));
        environment.remove("CLAUDE_CONFIG_DIR");
    }

    /** The runner's own rules: {@code NAME<<WORD}, lines, {@code WORD}; or {@code NAME=VALUE}; else an error. */
    public static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isEmpty()) {
                continue;
            }
            int equals = lines[i].indexOf('=');
            int heredoc = lines[i].indexOf("<<");
            if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
                String name = lines[i].substring(0, heredoc);
                String word = lines[i].substring(heredoc + 2);
                List<String> value = new ArrayList<>();
                for (i++; !lines[i].equals(word); i++) {
                    value.add(lines[i]);
                }
                values.put(name, String.join("\n", value));
            } else if (equals >= 0) {
                values.put(lines[i].substring(0, equals), lines[i].substring(equals + 1));
            } else {
                throw new IllegalStateException("the runner would refuse: " + lines[i]);
            }
        }
        return values;
    }
}
