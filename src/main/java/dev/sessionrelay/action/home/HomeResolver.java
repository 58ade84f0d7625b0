package dev.sessionrelay.action.home;

import dev.sessionrelay.action.docker.Engine;
import dev.sessionrelay.action.docker.OwnContainer;
import dev.sessionrelay.action.runner.ActionContext;
import dev.sessionrelay.action.runner.FileCommands;
import dev.sessionrelay.action.runner.Inputs;
import dev.sessionrelay.action.runner.WorkflowCommands;
import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.ProjectFolder;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.Owner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Chooses how to reach the config folder of the job's Claude Code. In order:
 *
 * <ol>
 *   <li>the folder that the input {@code claude-home} or the variable {@code CLAUDE_CONFIG_DIR} names;
 *   <li>in a job with its own container, that container's home, which is shared with this one;
 *   <li>the runner user's own {@code ~/.claude}, through the Docker engine;
 *   <li>else the shared home, where Claude Code is sent by {@code CLAUDE_CONFIG_DIR}.
 * </ol>
 */
public final class HomeResolver {
    private static final String FOLDER = ".claude";

    private final ActionContext runner;
    private final Inputs inputs;
    private final PathMapping places;
    private final WorkflowCommands log;
    private final FileCommands files;

    public HomeResolver(
            ActionContext runner, Inputs inputs, PathMapping places, WorkflowCommands log, FileCommands files) {
        this.runner = runner;
        this.inputs = inputs;
        this.places = places;
        this.log = log;
        this.files = files;
    }

    /**
     * Where later steps keep their sessions is settled before they run, also when there is nothing to place yet: later
     * they cannot be sent elsewhere. What kind of runner this is does not say whether its home can be reached.
     */
    public void settle() throws IOException {
        if (named().isEmpty() && !places.inJobContainer()) {
            open(true).close();
        }
    }

    /** @param maySend whether later steps may still be sent to another home */
    public RunnerHome open(boolean maySend) throws IOException {
        Optional<String> named = named();
        if (named.isPresent()) {
            return openNamed(named.get());
        }
        Path shared = places.home().resolve(FOLDER);
        if (places.inJobContainer()) {
            return shared(shared, "the home of the job's container");
        }
        try {
            Engine engine = Engine.at(runner.dockerSocket());
            String image = OwnContainer.image(engine);
            HostUser user = new HostUser(runner, places);
            return DockerClaudeHome.open(
                    engine, image, user.home(engine, image) + "/" + FOLDER, project(), user.owner(), inputs.with());
        } catch (IOException e) {
            return sendTo(shared, e.getMessage() == null ? e.toString() : e.getMessage(), maySend);
        }
    }

    private Optional<String> named() {
        return inputs.claudeHome().or(() -> runner.variable("CLAUDE_CONFIG_DIR"));
    }

    private RunnerHome openNamed(String named) throws IOException {
        String by = inputs.claudeHome().isPresent() ? "input claude-home" : "CLAUDE_CONFIG_DIR";
        boolean ofUser = named.equals("~") || named.startsWith("~/");
        Optional<Path> here = ofUser ? Optional.empty() : places.here(named);
        if (here.isPresent()) {
            return shared(here.get(), by);
        }
        String sharedFolders = "name a folder that is shared: below the workspace, or ${{ runner.temp }}/_github_home";
        if (places.inJobContainer()) {
            throw Failure.badInput(
                    by + " names " + named + ", which the job's container does not share with this one", sharedFolders);
        }
        try {
            Engine engine = Engine.at(runner.dockerSocket());
            String image = OwnContainer.image(engine);
            HostUser user = new HostUser(runner, places);
            String home = user.home(engine, image);
            return DockerClaudeHome.open(
                    engine, image, ofUser ? home + named.substring(1) : named, project(), user.owner(), inputs.with());
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.BAD_INPUT,
                    by + " names " + named + ", which cannot be reached from a container: " + e.getMessage(),
                    sharedFolders,
                    e);
        }
    }

    private RunnerHome sendTo(Path shared, String reason, boolean maySend) throws IOException {
        String theirs = places.there(shared);
        if (!maySend) {
            throw Failure.unreachable(
                    "the runner's ~/.claude cannot be reached from this container: " + reason,
                    "put a restore or relay step before the one that runs claude (it then sets CLAUDE_CONFIG_DIR), or name"
                            + " a shared folder with claude-home");
        }
        log.notice(
                "Claude Code is sent to another config folder",
                "The runner's ~/.claude cannot be reached from this container (" + reason
                        + "), so CLAUDE_CONFIG_DIR is now "
                        + theirs
                        + " for the steps that follow. Settings in ~/.claude are not read then; that includes what"
                        + " claude-code-action writes for its input settings (give it --settings in claude_args instead).");
        files.variable("CLAUDE_CONFIG_DIR", theirs);
        return shared(shared, "sent there by CLAUDE_CONFIG_DIR");
    }

    private RunnerHome shared(Path root, String why) throws IOException {
        ClaudeHome home = new ClaudeHome(root, Optional.of(project()));
        return new SharedHome(home, home.projects().resolve(project()), places, Owner.ofNearest(places.home()), why);
    }

    /** Made from the path that the job's steps see, which need not exist in this container. */
    private String project() {
        // Claude Code heeds this name only together with CLAUDE_CONFIG_DIR, and so does this.
        return ClaudeHome.find(Optional.empty(), runner.environment())
                .projectName()
                .orElseGet(() -> ProjectFolder.nameOf(places.workingFolder(inputs.workingDirectory())));
    }
}
