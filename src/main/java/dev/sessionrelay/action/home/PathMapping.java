package dev.sessionrelay.action.home;

import dev.sessionrelay.action.runner.ActionContext;
import dev.sessionrelay.action.runner.Inputs;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The folders that the runner shares with this container. Each has up to three names: ours, the host's, and the one
 * inside the job's own container, if the job has one. The runner translates some values for us and not others, so every
 * path from outside goes through here.
 *
 * @param runnerWorkspace the host's folder above the workspace
 */
public record PathMapping(boolean inJobContainer, Path home, String runnerWorkspace, List<Shared> shared) {
    private static final String JOB_ROOT = "/__w";

    /** One folder by its names. */
    record Shared(Path here, String onHost, String inJob) {}

    public static PathMapping of(ActionContext runner, Inputs inputs) {
        Path home = Path.of(need(runner, "HOME"));
        Path workspace = Path.of(need(runner, "GITHUB_WORKSPACE"));
        String runnerWorkspace = withoutSlash(need(runner, "RUNNER_WORKSPACE"));
        String repository = lastPart(need(runner, "GITHUB_REPOSITORY"));
        String work = parent(runnerWorkspace);
        String pipeline = lastPart(runnerWorkspace);
        List<Shared> shared = new ArrayList<>();
        shared.add(new Shared(
                workspace, runnerWorkspace + "/" + repository, JOB_ROOT + "/" + pipeline + "/" + repository));
        shared.add(new Shared(home, work + "/_temp/_github_home", JOB_ROOT + "/_temp/_github_home"));
        // Runners before 2.329 do not share it, and name the host's folder.
        runner.variable("RUNNER_TEMP")
                .map(Path::of)
                .filter(Files::isDirectory)
                .ifPresent(temp -> shared.add(new Shared(temp, work + "/_temp", JOB_ROOT + "/_temp")));
        return new PathMapping(inputs.jobContainer().isPresent(), home, runnerWorkspace, List.copyOf(shared));
    }

    private static String need(ActionContext runner, String variable) {
        return runner.variable(variable)
                .orElseThrow(() -> Failure.badInput(
                        "this is not a step of a GitHub job: " + variable + " is not set",
                        "on a terminal, use the command line: `session-relay --help`"));
    }

    public Path workspace() {
        return shared.getFirst().here();
    }

    /** The folder that claude is started in, as the job's steps name it: from it Claude Code makes a project's name. */
    public String workingFolder(Optional<String> input) {
        String workspace = theirName(shared.getFirst());
        String given = input.orElse("");
        if (!given.startsWith("/")) {
            return normal(workspace + "/" + given);
        }
        return here(given).map(this::there).orElseGet(() -> normal(given));
    }

    /** Where this container has what the job's steps, or the runner, call so; empty for what is not shared. */
    public Optional<Path> here(String path) {
        String wanted = path.startsWith("/") ? normal(path) : normal(workspace() + "/" + path);
        for (Shared folder : shared) {
            for (String name : List.of(folder.here().toString(), folder.onHost(), folder.inJob())) {
                if (isAtOrBelow(wanted, name)) {
                    return Optional.of(folder.here().resolve(below(wanted, name)));
                }
            }
        }
        return Optional.empty();
    }

    boolean isShared(Path folder) {
        return shared.stream().anyMatch(one -> one.here().equals(folder));
    }

    /** What the job's steps call a path of ours. */
    public String there(Path path) {
        String wanted = normal(path.toString());
        for (Shared folder : shared) {
            String ours = folder.here().toString();
            if (isAtOrBelow(wanted, ours)) {
                String rest = below(wanted, ours);
                return rest.isEmpty() ? theirName(folder) : theirName(folder) + "/" + rest;
            }
        }
        return wanted;
    }

    private String theirName(Shared folder) {
        if (!inJobContainer) {
            return folder.onHost();
        }
        // The job's container has this folder as its own HOME, under our name.
        return folder.here().equals(home) ? home.toString() : folder.inJob();
    }

    /** The folder of the runner itself, where its work folder lies at its usual place. */
    String runnerRoot() {
        return parent(parent(runnerWorkspace));
    }

    private static boolean isAtOrBelow(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    private static String below(String path, String folder) {
        return path.equals(folder) ? "" : path.substring(folder.length() + 1);
    }

    private static String normal(String path) {
        try {
            return Path.of(path).normalize().toString();
        } catch (InvalidPathException e) {
            throw Failure.badInput(
                    "\"" + SafeText.of(path, 120) + "\" is no path", "check the inputs that name folders");
        }
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String parent(String path) {
        Path above = Path.of(path).getParent();
        String text = Objects.requireNonNullElse(above, Path.of("/")).toString();
        return text.equals("/") ? "" : text;
    }
}
