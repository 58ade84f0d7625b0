package dev.sessionrelay.relay;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.Discovery;
import dev.sessionrelay.agent.claude.InertSession;
import dev.sessionrelay.agent.claude.ProjectFolder;
import dev.sessionrelay.agent.claude.ResumeCheck;
import dev.sessionrelay.agent.claude.ResumeCheck.CheckFinding;
import dev.sessionrelay.agent.claude.Travelling;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.FilePayload;
import dev.sessionrelay.store.Query;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says, before anybody counts on it, whether a session will resume: a stored one, or a file on this machine. */
public final class Check {
    private final ClaudeHome home;
    private final Path workingFolder;

    public Check(ClaudeHome home, Path workingFolder) {
        this.home = home;
        this.workingFolder = workingFolder;
    }

    /** @param name what was looked at */
    public record CheckReport(String name, ResumeCheck checkup) {}

    public CheckReport stored(SessionStore store, Query query) {
        try {
            StoredSession session = store.find(query)
                    .orElseThrow(() -> Failure.nothingFound(
                            store.name() + " holds nothing for " + query.describe(),
                            "`session-relay list` shows what it holds"));
            String name = session.ref().toString();
            InertSession harmless = InertSession.of(store.load(session), name, Travelling.Unknown.LEFT_OUT);
            List<CheckFinding> findings = new ArrayList<>();
            LeftOut.describe(harmless.prepared().leftOut())
                    .forEach(words -> findings.add(CheckFinding.remark("records", "by a restore, " + words)));
            findings.add(CheckFinding.fine("folder", "a restore puts it into " + project()));
            return new CheckReport(
                    name, ResumeCheck.of(harmless.bundle().transcript()).with(findings));
        } catch (IOException e) {
            throw Failure.ofDisk("read the stored session", store.name(), e);
        }
    }

    public CheckReport file(Path file) {
        try {
            ResumeCheck checkup = ResumeCheck.of(FilePayload.of(file.toRealPath()));
            return new CheckReport(file.toString(), checkup.with(place(file)));
        } catch (IOException e) {
            throw Failure.ofDisk("check the session", file, e);
        }
    }

    private Path project() throws IOException {
        return home.projectOf(ProjectFolder.realPath(workingFolder));
    }

    private List<CheckFinding> place(Path file) throws IOException {
        List<CheckFinding> findings = new ArrayList<>();
        Path folder = file.toAbsolutePath().normalize().getParent();
        String name = file.getFileName().toString();
        Optional<SessionId> id = name.endsWith(".jsonl")
                ? SessionId.in(name.substring(0, name.length() - ".jsonl".length()))
                : Optional.empty();
        if (id.isEmpty()) {
            findings.add(CheckFinding.remark(
                    "folder", "the file is not named after a session's id, so that claude does not find it"));
        } else if (project().equals(folder)) {
            findings.add(CheckFinding.fine("folder", "claude finds it from " + workingFolder));
        } else {
            findings.add(CheckFinding.remark(
                    "folder",
                    "it does not lie in " + project() + ": a claude that is started here finds it from 2.1.223 on"));
        }
        if (!Files.isWritable(file)) {
            findings.add(CheckFinding.obstacle(
                    "folder", "this user cannot write to it: new turns would be lost without a word"));
        }
        if (id.isPresent() && folder != null) {
            new Discovery(home)
                    .elsewhere(id.get(), folder)
                    .forEach(other ->
                            findings.add(CheckFinding.remark("folder", "another copy lies in " + other.transcript())));
        }
        return findings;
    }
}
