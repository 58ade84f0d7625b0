package dev.sessionrelay.action.home;

import dev.sessionrelay.action.docker.Engine;
import dev.sessionrelay.action.docker.HostFolders;
import dev.sessionrelay.action.docker.HostFolders.HostItem;
import dev.sessionrelay.action.docker.TarEntry;
import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.OptIn;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.io.file.TemporaryFolder;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A config folder on the host, which this container does not see. What is needed of it is copied here, and what was
 * changed is copied back, both through the Docker engine. The engine replaces a file by removing it first, and has no
 * other way. On a runner that is new for each job there is none to replace; elsewhere the store has what an engine
 * that dies in that moment would lose, unless two continuations were just merged here.
 */
final class DockerClaudeHome implements RunnerHome {
    private static final String TOP = "own";

    private final HostFolders folders;
    private final TemporaryFolder temporary;
    private final HostCopy copy;
    private final String path;
    /** What the engine calls the config folder. */
    private final String root;

    private final int depth;
    private final String project;
    private final Owner user;
    private final OptIn with;

    private DockerClaudeHome(HostFolders folders, OwnFolders own, String path, String project, Owner user, OptIn with)
            throws IOException {
        this.folders = folders;
        String below = own.below().toString();
        this.root = below.isEmpty() ? TOP : TOP + "/" + below;
        this.depth = below.isEmpty() ? 0 : own.below().getNameCount();
        this.temporary = TemporaryFolder.make("home");
        this.copy = new HostCopy(Files.createDirectory(temporary.path().resolve("claude")));
        this.path = path;
        this.project = project;
        this.user = user;
        this.with = with;
    }

    /**
     * @param path of the config folder on the host
     * @param project the name of the working folder's project
     * @param user whom all of it belongs to
     */
    static DockerClaudeHome open(Engine engine, String image, String path, String project, Owner user)
            throws IOException {
        return open(engine, image, path, project, user, OptIn.NOTHING);
    }

    /** @param with what is taken along with a session */
    static DockerClaudeHome open(Engine engine, String image, String path, String project, Owner user, OptIn with)
            throws IOException {
        OwnFolders own = OwnFolders.find(engine, image, path, user);
        HostFolders.Binding binding = new HostFolders.Binding(own.top().toString(), false);
        HostFolders folders = HostFolders.bind(engine, image, Map.of(TOP, binding));
        try {
            DockerClaudeHome home = new DockerClaudeHome(folders, own, path, project, user, with);
            home.claim();
            return home;
        } catch (IOException | Failure e) {
            folders.close();
            throw e;
        }
    }

    /** Makes what is missing of the config folder, as its user would: only what is there can be looked into. */
    private void claim() throws IOException {
        List<HostItem> items = new ArrayList<>();
        for (int above = 0; above < depth; above++) {
            requireOwn(Path.of(root).subpath(0, above + 1).toString(), items);
        }
        addFoldersAbove(Path.of("any"), items);
        if (!items.isEmpty()) {
            folders.put(items);
        }
    }

    @Override
    public ClaudeHome toRestore(SessionId id) throws IOException {
        // The subagents of Claude Code 2.0 lie beside the transcript and do not say whose they are by their names.
        fetch("projects/" + project, name -> isOf(id, name) || isAgent(name) || isMemory(name));
        fetch("tasks/" + id, name -> true);
        if (with.has(OptIn.OptInKind.PLANS)) {
            fetch("plans", name -> true);
        }
        return home();
    }

    @Override
    public ClaudeHome toSave(SessionId id) throws IOException {
        toRestore(id);
        if (!copy.hasFile("projects/" + project + "/" + id + ".jsonl")) {
            fetch("projects", name -> isOf(id, name.substring(name.indexOf('/') + 1)));
        }
        return home();
    }

    private static boolean isOf(SessionId id, String name) {
        return name.equals(id + ".jsonl") || name.equals(id.text()) || name.startsWith(id + "/");
    }

    private boolean isMemory(String name) {
        return with.has(OptIn.OptInKind.MEMORY) && (name.equals("memory") || name.startsWith("memory/"));
    }

    private static boolean isAgent(String name) {
        return name.startsWith("agent-") && !name.contains("/");
    }

    @Override
    public ClaudeHome toSearch(Instant since) throws IOException {
        // The engine tells times in whole seconds.
        Instant from = since.minusSeconds(1);
        folders.visit(root + "/projects/" + project, (entry, content) -> {
            String name = entry.name().substring(entry.name().indexOf('/') + 1);
            if (name.endsWith(".jsonl")
                    && !name.contains("/")
                    && !entry.modified().isBefore(from)) {
                copy.keep("projects/" + entry.name(), entry, content);
            }
        });
        return home();
    }

    private ClaudeHome home() {
        return new ClaudeHome(copy.folder(), Optional.of(project));
    }

    private void fetch(String where, Predicate<String> wanted) throws IOException {
        String above = where.contains("/") ? where.substring(0, where.lastIndexOf('/') + 1) : "";
        folders.visit(root + "/" + where, (entry, content) -> {
            String name = entry.name().replaceFirst("/$", "");
            int slash = name.indexOf('/');
            if (slash < 0 || wanted.test(name.substring(slash + 1))) {
                copy.keep(above + name, entry, content);
            }
        });
    }

    @Override
    public void deliver() throws IOException {
        List<Path> changed = copy.changed();
        if (changed.isEmpty()) {
            return;
        }
        List<HostItem> items = new ArrayList<>();
        for (Path file : changed) {
            requireUntouched(file);
            addFoldersAbove(copy.nameOf(file), items);
            items.add(HostItem.file(root + "/" + copy.nameOf(file), file, user.uid(), user.gid()));
        }
        folders.put(items);
        check(items.getLast());
    }

    /** Looks once more at a file that is to be replaced: a Claude Code may be writing it. */
    private void requireUntouched(Path file) throws IOException {
        String name = copy.nameOf(file).toString();
        TarEntry before = copy.found(name);
        if (before == null) {
            return;
        }
        boolean same = folders.look(root + "/" + name)
                .filter(now -> now.kind() == TarEntry.TarKind.FILE
                        && now.size() == before.size()
                        && now.modified().equals(before.modified()))
                .isPresent();
        if (!same) {
            throw Failure.conflict(
                    there(file) + " was changed while it was restored: a running Claude Code, or a link",
                    "end that session and restore again: nothing was changed");
        }
    }

    /** Folders that are missing on the host. What exists is left as it is, and has to be the user's. */
    private void addFoldersAbove(Path file, List<HostItem> items) throws IOException {
        for (int parts = 0; parts < file.getNameCount(); parts++) {
            String name = parts == 0 ? "" : file.subpath(0, parts).toString();
            TarEntry before = copy.found(name);
            String onHost = name.isEmpty() ? root : root + "/" + name;
            copy.note(name, before == null ? requireOwn(onHost, items) : requireOwn(onHost, before));
        }
    }

    private TarEntry requireOwn(String onHost, List<HostItem> items) throws IOException {
        Optional<TarEntry> there = folders.look(onHost);
        if (there.isPresent()) {
            return requireOwn(onHost, there.get());
        }
        TarEntry made = HostItem.folder(onHost, user.uid(), user.gid()).entry();
        items.add(new HostItem(made, Optional.empty()));
        return made;
    }

    private TarEntry requireOwn(String onHost, TarEntry folder) {
        String name = onHost.startsWith(root) ? path + onHost.substring(root.length()) : "a folder above " + path;
        if (folder.kind() != TarEntry.TarKind.FOLDER) {
            throw Failure.notAllowed(
                    name + " on the runner is not a folder but a link, and where it leads cannot be reached",
                    "name the config folder it belongs to with the input claude-home");
        }
        if (folder.uid() != user.uid()) {
            throw Failure.notAllowed(
                    name + " on the runner" + OwnFolders.belongsTo(folder, user) + ": it is left as it is",
                    "give it to that user (`sudo chown -R`), or name another folder with the input claude-home");
        }
        return folder;
    }

    /** A transcript that its user cannot write resumes, and loses every new turn: better to know now. */
    private void check(HostItem last) throws IOException {
        TarEntry wanted = last.entry();
        boolean arrived = folders.look(wanted.name())
                .filter(is -> is.uid() == wanted.uid() && is.gid() == wanted.gid() && is.size() == wanted.size())
                .isPresent();
        if (!arrived) {
            throw new Failure(
                    ExitCode.UNREACHABLE,
                    "the Docker engine took "
                            + there(copy.folder().resolve(wanted.name().substring(root.length() + 1)))
                            + ", but it did not arrive as it should (size or owner differ)",
                    "name a folder that the runner shares with its containers, with the input claude-home:"
                            + " ${{ runner.temp }}/_github_home/.claude");
        }
    }

    @Override
    public String there(Path file) {
        return path + "/" + copy.nameOf(file);
    }

    @Override
    public String describe() {
        return path + " (on the runner, reached through the Docker engine)";
    }

    @Override
    public void close() throws IOException {
        try (folders) {
            temporary.close();
        }
    }
}
