package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.stores.Stores;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of a session's files, given by a store, that are judged all before the first file is written. */
class HostileNamesTest {
    private static final SessionId ID = Conversation.id(1);

    private Path root;
    private Machine victim;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        root = temp.toRealPath();
        victim = Machine.at(root.resolve("victim"));
    }

    private Machine.Run restore(String... names) throws Exception {
        Bundles bundle = Bundles.of(ID);
        for (String name : names) {
            bundle.with(name, new byte[] {'x'});
        }
        String ref = Stores.open("folder:" + root.resolve("store"), new StoreContext(Map.of(), root, Map.of()))
                .save(bundle.build(), Optional.empty())
                .session()
                .ref()
                .toString();
        return victim.run("restore", ref);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "settings.json",
                "SETTINGS.JSON",
                "sub/Settings.json",
                "\uff53ettings.json", // full width
                "\u0455ettings.json", // Cyrillic
                "sett\u0131ngs.json", // without a dot
                "sett1ngs.json",
                "se\u0301ttings.json",
                "settings\u2024json", // another dot
                "\ud835\udc2cettings.json", // mathematical
                "\u017fettings.json", // the long s
                "\u212aeybindings.json", // the Kelvin sign
                "CLAUDE.md",
                "sub/\u0421LAUDE.md",
                "C1AUDE.md",
                ".claude/x",
                ".Cl\u0430ude/x",
                "h\u043e\u043eks/x.sh",
                "hooks/x.sh",
                "h00ks/x.sh",
                "..claude/x",
                "skil1s/x",
                "memory/MEMORY.md",
                "mernory/MEMORY.md",
                ".mcp.json",
                ".git/config",
            })
    void refusesWhatMaySetClaudeCodeUpHoweverItIsWritten(String name) throws Exception {
        Machine.Run refused = restore("a.txt", name);

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(6);
        assertThat(refused.err()).contains("settings, hooks and instructions are not restored");
        assertThat(victim.claude()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A.TXT", "a.txt/b", "\uff41.txt", "\u00aa.txt"})
    void refusesWhatNotEveryDiskCanHoldBesideAnother(String name) throws Exception {
        // Two such names could not come to lie in this store either; it is told of the second one by its manifest
        // alone.
        restore("a.txt", "zzz");
        Path manifest = root.resolve("store/sessions/" + ID + "/manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("zzz", name));
        Machine other = Machine.at(root.resolve("other"));
        Machine.Run refused = other.run("restore", "folder:" + root.resolve("store") + "/" + ID);

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(6);
        assertThat(refused.err()).contains(" beside ").contains("not every disk can hold both");
        assertThat(other.claude()).doesNotExist();
    }

    /** Names as the real Claude Code gives them, in all the places where it has files of a session. */
    @Test
    void restoresAllThatClaudeCodeWrites() throws Exception {
        List<String> names = List.of(
                "subagents/agent-a802d9ffb7b39902d.jsonl",
                "subagents/agent-a802d9ffb7b39902d.meta.json",
                "subagents/agent-acompact-1f2e3d4c.jsonl",
                "subagents/agent-aside_question-0a1b2c.jsonl",
                "subagents/journal.jsonl",
                "subagents/workflows/wf_0a1b2c3d/agent-a1.jsonl",
                "workflows/wf_0a1b2c3d-4e5.json",
                "workflows/scripts/deploy-check-wf_0a1b2c3d.js",
                "tool-results/b1e1wr91f.txt",
                "tool-results/toolu_01AbCdEfGhIjKlMnOpQrStUv.txt",
                "tool-results/toolu_01AbCdEfGhIjKlMnOpQrStUv.json",
                "tool-results/mcp-github-list_issues-1732752000000.txt",
                "tool-results/webfetch-1732752000000-x1y2z3.pdf",
                "tool-results/hook-0a1b2c3d-4-stdout.txt",
                "tool-results/caf\u00e9 \u6f22\u5b57.txt",
                "remote-agents/remote-agent-1.meta.json",
                "session-memory/summary.md",
                "custom-title.json",
                "kept/0a1b2c3d4e5f/subagents/agent-1.jsonl",
                "@beside/agent-1a2b3c4.jsonl",
                "@tasks/1.json");
        Machine.Run restored = restore(names.toArray(String[]::new));

        assertThat(restored.exitCode()).as(restored.err()).isZero();
        for (String name : names) {
            EntryName entry = new EntryName(name);
            Path folder = switch (entry.room()) {
                case BESIDE -> victim.project();
                case TASKS -> victim.claudeHome().tasksOf(ID);
                case FOLDER -> victim.project().resolve(ID.text());
                case TRANSCRIPT, MEMORY, PLANS -> throw new AssertionError();
            };
            assertThat(folder.resolve(entry.inRoom())).exists();
        }
    }
}
