package dev.sessionrelay.prepare;

import dev.sessionrelay.bundle.Bundle;
import dev.sessionrelay.bundle.Entry;
import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.Payload;
import dev.sessionrelay.bundle.Verification;
import dev.sessionrelay.claude.HarmlessRecords;
import dev.sessionrelay.claude.Signs;
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
 * @param leftOut how many records were left out, by what they are
 */
public record Harmless(Bundle bundle, Map<String, Long> leftOut) {
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

    /** Reads the bundle once, whole. It is also refused where it is not what its manifest promises. */
    public static Harmless of(Bundle bundle, String where) throws IOException {
        Map<EntryName, Payload> payloads = new TreeMap<>(bundle.payloads());
        Map<String, Long> leftOut = new TreeMap<>();
        for (Entry entry : bundle.manifest().entries()) {
            refuseSettings(entry.name(), where);
            Payload payload = bundle.payload(entry.name());
            if (!entry.name().isRecords()) {
                Verification.verify(payload, entry, where);
                continue;
            }
            Signs signs = new Signs();
            Verification.verify(payload, entry, where, signs::take);
            HarmlessRecords harmless = HarmlessRecords.of(payload, signs);
            payloads.put(entry.name(), harmless.records());
            harmless.leftOut().forEach((what, count) -> leftOut.merge(what, count, Long::sum));
        }
        return new Harmless(new Bundle(bundle.manifest(), payloads), leftOut);
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
