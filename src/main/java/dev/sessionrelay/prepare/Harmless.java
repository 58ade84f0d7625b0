package dev.sessionrelay.prepare;

import dev.sessionrelay.bundle.Alongside;
import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Entry;
import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.bundle.Prepared;
import dev.sessionrelay.bundle.Verification;
import dev.sessionrelay.claude.Travelling;
import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What came from a store, made fit to be resumed. A conversation tells what was done; whatever would make Claude Code do
 * something by itself, or set it up, has no place in it.
 *
 * @param prepared what was left out and edited
 */
public record Harmless(Bundle bundle, Prepared prepared) {
    /** No session has files or folders of these names, and settings, hooks and instructions do. */
    private static final Set<String> SETTINGS = Set.of(
            ".claude",
            ".claude.json",
            ".mcp.json",
            "agents",
            "claude.local.md",
            "claude.md",
            "commands",
            "hooks",
            "hooks.json",
            "memory",
            "mcp.json",
            "plugins",
            "settings.json",
            "settings.local.json",
            "skills");

    /**
     * Reads the bundle once, whole. It is also refused where it is not what its manifest promises, then or whenever it is
     * read again.
     */
    public static Harmless of(Bundle bundle, String where, Travelling.Unknown unknown) throws IOException {
        Map<EntryName, Payload> payloads = new TreeMap<>(bundle.payloads());
        Prepared prepared = Prepared.NOTHING;
        for (Entry entry : bundle.manifest().entries()) {
            refuseSettings(entry.name(), where);
            Payload payload = bundle.payload(entry.name());
            if (!entry.name().isRecords()) {
                payloads.put(entry.name(), Verification.verify(payload, entry, where));
                continue;
            }
            try (Alongside<Travelling> records = new Alongside<>(in -> Travelling.read(in, unknown.in(entry.name())))) {
                Payload verified = Verification.verify(payload, entry, where, records);
                Travelling.Records arriving = records.result().of(verified);
                payloads.put(entry.name(), arriving.records());
                prepared = prepared.and(arriving.prepared());
            }
        }
        return new Harmless(new Bundle(bundle.manifest(), payloads), prepared);
    }

    private static void refuseSettings(EntryName name, String where) {
        for (String part : List.of(name.inRoom().split("/", -1))) {
            if (SETTINGS.contains(part.toLowerCase(Locale.ROOT))) {
                throw Failure.damaged(
                        where + " holds " + name + ", which is no part of a conversation: settings, hooks and"
                                + " instructions are not restored",
                        "nothing was changed here; look at who can write to that store");
            }
        }
    }
}
