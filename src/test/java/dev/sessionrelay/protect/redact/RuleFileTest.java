package dev.sessionrelay.protect.redact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleFileTest {
    private static final Path SOURCES = Path.of("src/main/rules");
    private static final Path MADE = Path.of("src/main/resources/dev/sessionrelay/protect/redact/rules.tsv");

    /** After a change of the sources: {@code ./mvnw test -Dtest=RuleFileTest -Drelay.rules.write=true}. */
    @Test
    void holdsWhatTheSourcesSay() throws IOException {
        String made = """
                # Made from src/main/rules/gitleaks.toml (Copyright (c) 2019 Zachary Rice, MIT licence, see
                # META-INF/licenses/gitleaks.txt) and src/main/rules/session-relay.toml.
                """
                + RuleFile.write(
                        read("gitleaks.toml").with(read("session-relay.toml").rules(), List.of(), Set.of()));
        if (Boolean.getBoolean("relay.rules.write")) {
            Files.createDirectories(MADE.getParent());
            Files.writeString(MADE, made);
        }
        assertThat(Files.readString(MADE)).isEqualTo(made);
    }

    @Test
    void compilesEveryRule() {
        RuleSet set = RuleFile.read();
        assertThat(set.rules()).hasSizeGreaterThan(220).allSatisfy(rule -> {
            assertThat(rule.pattern()).isNotNull();
            assertThat(rule.keywords()).isNotEmpty();
            rule.allowances().forEach(allowance -> allowance.allows("x", "x", "x"));
        });
        set.allowances().forEach(allowance -> allowance.allows("x", "x", "x"));
    }

    private static RuleSet read(String file) throws IOException {
        return OwnRules.rules(new TomlMapper().readTree(Files.readAllBytes(SOURCES.resolve(file))));
    }
}
