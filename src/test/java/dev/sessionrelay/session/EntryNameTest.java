package dev.sessionrelay.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessionrelay.session.EntryName.EntryFolder;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNameTest {

    @ParameterizedTest
    @CsvSource({
        "transcript.jsonl, TRANSCRIPT, transcript.jsonl",
        "subagents/agent-1.jsonl, FOLDER, subagents/agent-1.jsonl",
        "tool-results/b1 caf\u00e9.txt, FOLDER, tool-results/b1 caf\u00e9.txt",
        "a/b/c/d/e/f/g/h, FOLDER, a/b/c/d/e/f/g/h",
        "..hidden/x, FOLDER, ..hidden/x",
        "@beside/agent-1234567.jsonl, BESIDE, agent-1234567.jsonl",
        "@tasks/1.json, TASKS, 1.json",
        "with/project-memory/MEMORY.md, MEMORY, MEMORY.md",
        "with/project-memory/topics/api.md, MEMORY, topics/api.md",
        "with/plan-files/brave-otter.md, PLANS, brave-otter.md",
    })
    void saysWhereAFileLies(String text, EntryFolder room, String inRoom) {
        EntryName name = new EntryName(text);

        assertThat(name.room()).isEqualTo(room);
        assertThat(name.inRoom()).isEqualTo(inRoom);
    }

    static Stream<String> unsafe() {
        return Stream.of(
                "",
                "/",
                "/etc/passwd",
                "..",
                "../x",
                "a/../b",
                "a/..",
                "a/./b",
                ".",
                "a//b",
                "a/",
                "a\\b",
                "..\\x",
                "a\nb",
                "a\0b",
                "\u001b[31m",
                "a\u0085b",
                "a\uFFFDb",
                "x".repeat(201),
                "\u00e9".repeat(101),
                "a/b/c/d/e/f/g/h/i",
                "with/x",
                "with/project-memory/x.sh",
                "with/project-memory/../x.md",
                "with/project-memory",
                "with/plan-files/a/b.md",
                "with/plans/a.md",
                "with/settings.json",
                "@",
                "@beside",
                "@beside/",
                "@beside/..",
                "@beside/a/agent-1.jsonl",
                "@tasks/",
                "@tasks/../1.json",
                "@tasks/a/1.json",
                "@other/x",
                "@x",
                // What Windows, a disk without case or a person reads as another name.
                "aux",
                "sub/NUL",
                "con.txt",
                "COM1.jsonl",
                "lpt9 .x",
                "a:b",
                "settings.json::$DATA",
                "settings.json.",
                "settings.json ",
                " settings.json",
                "sub./x",
                "CLAUDE~1",
                "SETTIN~1.JSO",
                "settings\u200b.json",
                "\u202egnp.exe",
                "settings.json\ufe0f",
                "sett\u00adings.json",
                "a\u034fb",
                "a\u3164b",
                "a\u00a0b",
                "a\uf03ab",
                "\udb40\udc41");
    }

    @ParameterizedTest
    @MethodSource("unsafe")
    void refusesANameThatCouldLeadOut(String text) {
        assertThatThrownBy(() -> new EntryName(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no safe name");
    }

    /** In a project's folder lie the transcripts of other sessions, and whatever Claude Code reads from there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "@beside/00000000-0000-4000-8000-000000000002.jsonl",
                "@beside/memory",
                "@beside/CLAUDE.md",
                "@beside/agent-1.json",
                "@beside/.agent-1.jsonl",
                "@tasks/1.sh",
                "@tasks/.lock",
            })
    void letsOnlySubagentsAndTasksLieOutsideOfTheSessionsFolder(String text) {
        assertThatThrownBy(() -> new EntryName(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesOnlyFilesOfTheFolderAsSuch() {
        assertThatThrownBy(() -> EntryName.inFolder("transcript.jsonl")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntryName.inFolder("@tasks/1.json")).isInstanceOf(IllegalArgumentException.class);
        assertThat(EntryName.inFolder("custom-title.json").room()).isEqualTo(EntryFolder.FOLDER);
    }

    @Test
    void knowsFilesOfRecords() {
        assertThat(EntryName.TRANSCRIPT.isRecords()).isTrue();
        assertThat(new EntryName("subagents/agent-1.jsonl").isRecords()).isTrue();
        assertThat(new EntryName("subagents/agent-1.meta.json").isRecords()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverLeadsOutWhateverTheNameIs(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        String[] pieces = {
            ".", "..", "/", "a", "@beside/", "@tasks/", "\\", "agent-1.jsonl", "\0", "transcript.jsonl", " "
        };
        Path root = Path.of("/root/of/it");
        for (int tries = 0; tries < 5000; tries++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(1, 8); left > 0; left--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            try {
                Path led = root.resolve(new EntryName(text.toString()).inRoom()).normalize();
                assertThat(led.startsWith(root) && !led.equals(root))
                        .as("seed %d, name \"%s\"", seed, text)
                        .isTrue();
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("is no safe name");
            }
        }
    }
}
