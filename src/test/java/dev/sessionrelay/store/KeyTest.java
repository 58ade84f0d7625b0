package dev.sessionrelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTest {

    @Test
    void isTheNameWhereThatCanBeAKey() {
        assertThat(Key.ofName("branch-feature/ä").text()).isEqualTo("branch-feature/ä");
        assertThat(Key.ofName("b".repeat(200)).text()).isEqualTo("b".repeat(200));
    }

    @Test
    void tellsNamesApartThatCannotBeKeys() {
        String face = Character.toString(0x1F600);
        Set<String> keys = new HashSet<>();
        List<String> names = List.of(
                "b".repeat(201),
                "b".repeat(202),
                "b".repeat(5000),
                "b".repeat(159) + face.repeat(40),
                face.repeat(200),
                "a\tb",
                "a\nb",
                "a-b",
                "a\u0000b",
                "\u0085".repeat(300));
        for (String name : names) {
            Key key = Key.ofName(name);
            assertThat(key.text()).hasSizeLessThanOrEqualTo(200);
            assertThat(key.text().codePoints()).allMatch(c -> c < 0xD800 || c > 0xDFFF);
            assertThat(Key.ofName(name)).isEqualTo(key);
            keys.add(key.text());
        }
        assertThat(keys).hasSameSizeAs(names);
    }
}
