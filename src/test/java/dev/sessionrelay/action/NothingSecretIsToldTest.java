package dev.sessionrelay.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.action.runner.StandInRunner;
import dev.sessionrelay.testing.Addresses;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever input holds an address with a secret in it: neither the log nor a file for the runner has it. */
class NothingSecretIsToldTest {
    private static final int TRIES = Integer.getInteger("relay.addresses", 300) / 3;
    private static final int SHOWN_OF_A_SECRET = 8;
    private static final List<String> INPUTS = List.of(
            "ref",
            "store",
            "repository",
            "key",
            "restore-keys",
            "session-id",
            "layout",
            "branch",
            "path",
            "user",
            "plan-issue",
            "encrypt-to",
            "decrypt-key",
            "sign-key",
            "trust",
            "allowed-signers",
            "claude-home",
            "working-directory",
            "on-missing",
            "mode");

    @TempDir
    private Path root;

    @Test
    void inNoInput() {
        long seed = Long.getLong("relay.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int tried = 0; tried < TRIES; tried++) {
            String secret = Addresses.secret(random);
            String address = Addresses.with(secret, random);
            String input = INPUTS.get(random.nextInt(INPUTS.size()));
            StandInRunner runner = new StandInRunner(root.resolve("run-" + tried));
            runner.environment.put("SESSION_RELAY_TIMEOUT", "1");
            if (!input.equals("store")) {
                runner.with("store", random.nextBoolean() ? "git" : "folder:.sessions");
            }
            runner.with(input, address).with("explain", "true").with("token", "ghs_" + secret);
            for (String half : List.of("restore", "save")) {
                StandInRunner.Ended ended = runner.run(half);
                String log = ended.log()
                        .lines()
                        .filter(line -> !line.startsWith("::add-mask::"))
                        .collect(Collectors.joining("\n"));
                String all = log + ended.outputs() + ended.variables() + ended.state() + ended.summary();
                for (int from = 0; from + SHOWN_OF_A_SECRET <= secret.length(); from++) {
                    assertThat(all)
                            .as("seed %d: %s=%s", seed, input, address)
                            .doesNotContain(secret.substring(from, from + SHOWN_OF_A_SECRET));
                }
                runner.nextJob();
            }
        }
    }
}
