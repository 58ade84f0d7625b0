package dev.sessionrelay.agent.claude;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.NameCollisions;
import dev.sessionrelay.session.NameForm;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges all names of a session's files, before any of them is read or written. */
public final class RefusedNames {
    /** No session has files or folders of these names, and settings, hooks and instructions do. */
    private static final Set<String> SETTINGS = Stream.of(
                    ".claude",
                    ".claude.json",
                    ".credentials.json",
                    ".git",
                    ".mcp.json",
                    "agents",
                    "agents.md",
                    "claude.local.md",
                    "claude.md",
                    "commands",
                    "hooks",
                    "hooks.json",
                    "keybindings.json",
                    "managed-settings.json",
                    "memory",
                    "mcp.json",
                    "output-styles",
                    "plugins",
                    "settings.json",
                    "settings.local.json",
                    "skills")
            .map(NameForm::looks)
            .collect(Collectors.toUnmodifiableSet());

    private RefusedNames() {}

    public static void requireNone(Manifest manifest, String where) {
        for (Entry entry : manifest.entries()) {
            refuseSettings(entry.name(), where);
        }
        NameCollisions names = new NameCollisions();
        for (Entry entry : manifest.entries()) {
            names.clash(entry.name()).ifPresent(other -> {
                throw Failure.damaged(
                        where + " holds " + entry.name() + " beside " + other + ", and not every disk can hold both",
                        "nothing was changed here; look at who can write to that store");
            });
        }
    }

    private static void refuseSettings(EntryName name, String where) {
        if (isRefused(name)) {
            throw Failure.damaged(
                    where + " holds " + name + ", which is no part of a conversation: settings, hooks and"
                            + " instructions are not restored",
                    "nothing was changed here; look at who can write to that store");
        }
    }

    static boolean isRefused(EntryName name) {
        return Stream.of(name.inRoom().split("/", -1)).anyMatch(part -> SETTINGS.contains(NameForm.looks(part)));
    }
}
