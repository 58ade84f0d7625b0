package dev.sessionrelay.action;

import dev.sessionrelay.bundle.SessionId;
import dev.sessionrelay.claude.ClaudeHome;
import dev.sessionrelay.disk.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A config folder below one that the runner shares with this container.
 *
 * @param runnersUser whom the steps' files are to belong to
 */
record SharedHome(ClaudeHome home, Path project, Places places, Owner runnersUser, String why) implements RunnerHome {

    @Override
    public ClaudeHome toRestore(SessionId id) throws IOException {
        repairOwners();
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
     * Folders that an earlier container made as root would have us place files as root's, which the steps cannot write:
     * resuming such a session works, and every new turn is lost.
     */
    private void repairOwners() throws IOException {
        for (Path folder : List.of(home.root(), home.projects(), project)) {
            if (!places.inJobContainer() && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isFree(folder)) {
                runnersUser.take(folder);
            }
        }
    }

    private static boolean isFree(Path folder) throws IOException {
        return Objects.equals(Files.getAttribute(folder, "unix:uid"), 0) && Files.isWritable(folder);
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
    public String inWords() {
        return there(home.root()) + " (" + why + ")";
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
