package dev.sessionrelay.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class FileCommandsTest {
    @Test
    void readsBothForms() {
        assertThat(FileCommands.parse("a=1\nb<<END\ntwo\nlines\nEND\nc=x<<y\n"))
                .containsExactly(entry("a", "1"), entry("b", "two\nlines"), entry("c", "x<<y"));
    }

    @Test
    void keepsWhatLooksLikeBlankOrLikeAnotherCommand() {
        assertThat(FileCommands.parse("a=\nb<<END\nEND\nc<<END\n\n d=1\r\nEND"))
                .containsExactly(entry("a", ""), entry("b", ""), entry("c", "\n d=1\r"));
    }

    @Test
    void failsAsTheRunnerFails() {
        assertThatThrownBy(() -> FileCommands.parse("nothing\n")).hasMessageContaining("Invalid format");
        assertThatThrownBy(() -> FileCommands.parse("a<<END\nb\n")).hasMessageContaining("delimiter not found");
        assertThatThrownBy(() -> FileCommands.parse("a<<\nb\n")).hasMessageContaining("Delimiter must not be empty");
    }
}
