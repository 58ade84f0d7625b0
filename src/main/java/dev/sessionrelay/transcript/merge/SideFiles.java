package dev.sessionrelay.transcript.merge;

import dev.sessionrelay.agent.claude.Travelling;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Segmenter;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files beside two versions of a transcript. Subagents that went on in both are merged as the transcript is. Of
 * what cannot be merged one version keeps the name, and the other is kept in the session's folder as
 * {@code kept/<digest>/<name>}, which Claude Code does not read: nothing is lost, and keeping it twice changes
 * nothing.
 */
public final class SideFiles {
    private static final String KEPT = "kept/";
    private static final int ENOUGH_OF_A_DIGEST = 12;

    private final Bundle first;
    private final Bundle second;
    private final Merge.MergeRule rule;
    private final Map<EntryName, Entry> entries = new TreeMap<>();
    private final Map<EntryName, Payload> payloads = new TreeMap<>();
    private long reparented;

    private SideFiles(Bundle first, Bundle second, Merge.MergeRule rule) {
        this.first = first;
        this.second = second;
        this.rule = rule;
    }

    /**
     * The second bundle with its own transcript and the other files of both. Where a file of state differs, the
     * second's wins, for it is the newer one; but when the first is to stay, the first's.
     *
     * @param parted whether the two went different ways, so that the version that does not win is kept too
     */
    public static Bundle unite(Bundle first, Bundle second, Merge.MergeRule rule, boolean parted) throws IOException {
        return new SideFiles(first, second, rule).unite(parted);
    }

    private Bundle unite(boolean parted) throws IOException {
        put(second, second.manifest().transcript());
        for (Entry entry : second.manifest().entries()) {
            if (entry.name().equals(EntryName.TRANSCRIPT)) {
                continue;
            }
            Optional<Entry> other = first.manifest().entry(entry.name());
            if (other.isEmpty() || other.get().digest().equals(entry.digest())) {
                put(second, entry);
            } else if (entry.name().isRecords()) {
                uniteRecords(other.get(), entry);
            } else if (rule == Merge.MergeRule.FIRST_STAYS) {
                put(first, other.get());
                keep(second, entry);
            } else {
                put(second, entry);
                if (parted) {
                    keep(first, other.get());
                }
            }
        }
        for (Entry entry : first.manifest().entries()) {
            if (!entries.containsKey(entry.name())) {
                put(first, entry);
            }
        }
        return new Bundle(
                second.manifest()
                        .withEntries(entries.values().stream().toList())
                        .withPrepared(second.manifest().prepared().andReparented(reparented)),
                payloads);
    }

    private void uniteRecords(Entry mine, Entry other) throws IOException {
        EntryName name = mine.name();
        Payload travelling =
                Travelling.of(first.payload(name), Travelling.Unknown.KEPT).records();
        switch (Merge.of(travelling, second.payload(name), Chain.OF_SUBAGENT, rule)) {
            case Merge.Same _, Merge.NothingNew _ -> put(first, mine);
            case Merge.United united -> {
                reparented += united.reparented();
                payloads.put(name, united.payload());
                entries.put(
                        name,
                        Segmenter.cut(name, united.payload(), Optional.of(mine)).entry());
            }
            case Merge.Apart _ -> {
                put(first, mine);
                keep(second, other);
            }
        }
    }

    private void put(Bundle from, Entry entry) {
        entries.put(entry.name(), entry);
        payloads.put(entry.name(), from.payload(entry.name()));
    }

    private void keep(Bundle from, Entry entry) {
        if (entry.name().text().startsWith(KEPT)) {
            return;
        }
        String digest = entry.digest().hex().substring(0, ENOUGH_OF_A_DIGEST);
        EntryName aside =
                EntryName.inFolder(KEPT + digest + "/" + entry.name().inRoom().replace('/', '-'));
        entries.put(aside, new Entry(aside, entry.size(), entry.digest(), entry.segments()));
        payloads.put(aside, from.payload(entry.name()));
    }
}
