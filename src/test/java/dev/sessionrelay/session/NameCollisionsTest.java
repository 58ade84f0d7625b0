package dev.sessionrelay.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameCollisionsTest {

    @ParameterizedTest
    @CsvSource({
        "x, x/y",
        "x/y, x",
        "x/y/z, x/Y",
        "a.txt, A.TXT",
        "sub/a.txt, Sub/b.txt",
        "caf\u00e9, cafe\u0301",
        "\ufb01le, file",
        "stra\u00dfe, STRASSE",
        "\u2160, i",
        "@tasks/a.json, @tasks/A.json",
    })
    void seesWhatNotEveryDiskTellsApart(String one, String other) {
        NameCollisions names = new NameCollisions();

        assertThat(names.clash(new EntryName(one))).isEmpty();
        assertThat(names.clash(new EntryName(other))).contains(new EntryName(one));
    }

    @ParameterizedTest
    @CsvSource({"x/y, x/z", "x/y, xy", "a/b, b/a", "1.json, @tasks/1.json", "subagents/a.jsonl, tool-results/a.jsonl"})
    void letsOthersLieBesideEachOther(String one, String other) {
        NameCollisions names = new NameCollisions();

        assertThat(names.clash(new EntryName(one))).isEmpty();
        assertThat(names.clash(new EntryName(other))).isEmpty();
    }
}
