package dev.sessionrelay.action.home;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A config folder below one that the runner shares with this container.
 *
 * @param runnersUser whom the steps' files are to belong to
 */
record SharedHome(ClaudeHome home, Path project, PathMapping places, Owner runnersUser, String why)
        implements RunnerHome {

    @Override
    public ClaudeHome toRestore(SessionId id) throws IOException {
        requireOwn();
        return home;
    }

    @Override
    public ClaudeHome toSave(SessionId id) {
        return home;
    }

    @Override
    public ClaudeHome toSearch(Instant since) {
        return home;
    }

    /**
     * Root's folders would have us place files as root's, which the steps cannot write: resuming such a session works,
     * and every new turn is lost. And a link may lead anywhere, where root may write what its maker may not.
     */
    private void requireOwn() throws IOException {
        for (Path folder = project; folder != null && !places.isShared(folder); folder = folder.getParent()) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                requireOwn(folder);
            }
        }
    }

    private void requireOwn(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw Failure.notAllowed(
                    there(folder) + " is not a folder but a link, or a file",
                    "name the config folder itself with the input claude-home");
        }
        int owner = (int) Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        // The steps of a job's own container run as root there, as a rule.
        boolean isOfSteps = owner == runnersUser.uid() || (places.inJobContainer() && owner == 0);
        if (!isOfSteps) {
            throw Failure.notAllowed(
                    there(folder) + " belongs to uid " + owner + ", and not to the runner's user (uid "
                            + runnersUser.uid() + "): it is left as it is",
                    "give it to that user (`sudo chown -R`), or name another folder with the input claude-home");
        }
    }

    @Override
    public void deliver() {
        // It was placed where it belongs.
    }

    @Override
    public String there(Path file) {
        return places.there(file);
    }

    @Override
    public String describe() {
        return there(home.root()) + " (" + why + ")";
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
