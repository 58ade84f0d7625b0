package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.testing.Addresses;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever holds an address with a secret in it, and whichever verb it is given to: the secret is in nothing that is
 * printed, nor any part of it, nor with the stack traces that one may ask for.
 */
class NothingSecretIsPrintedTest {
    private static final int TRIES = Integer.getInteger("relay.addresses", 300);
    private static final int SHOWN_OF_A_SECRET = 8;
    private static final List<String> VERBS = List.of(
            "save", "restore", "find", "list", "show", "check", "history", "move", "delete", "scan", "nonsense");
    private static final List<String> OPTIONS = List.of(
            "",
            "--store",
            "--repository",
            "--gist-url",
            "--to",
            "--key",
            "--session-id",
            "--encrypt-to",
            "--decrypt-key",
            "--sign-key",
            "--allowed-signers",
            "--trust",
            "--claude-home",
            "--working-directory",
            "--store-branch",
            "--store-path",
            "--layout",
            "--user",
            "--plan-issue",
            "--redact",
            "--on-conflict",
            "--unknown");

    private final long seed = Long.getLong("relay.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Machine machine;

    @BeforeEach
    void layOut(@TempDir Path root) throws IOException {
        machine = Machine.at(root).with("SESSION_RELAY_DEBUG", "1").with("SESSION_RELAY_TIMEOUT", "1");
        SessionId id = Conversation.id(1);
        machine.conversation(id).turn("hello").writeTo(machine.transcript(id));
    }

    @Test
    void inNoVerbAndNoOption() {
        for (int tried = 0; tried < TRIES; tried++) {
            String secret = Addresses.secret(random);
            String address = Addresses.with(secret, random);
            String option = OPTIONS.get(random.nextInt(OPTIONS.size()));
            List<String> arguments = new ArrayList<>(List.of(VERBS.get(random.nextInt(VERBS.size()))));
            if (option.isEmpty()) {
                arguments.add(address);
            } else if (random.nextBoolean()) {
                arguments.addAll(List.of(option, address));
            } else {
                arguments.add(option + "=" + address);
            }
            if (random.nextInt(4) == 0) {
                arguments.addAll(List.of("--store", "git", "--key", "k"));
            }
            if (random.nextBoolean()) {
                arguments.add("--json");
            }
            requireHidden(secret, machine.run(arguments.toArray(String[]::new)), arguments.toString());
        }
    }

    @Test
    void inNoPlanCommand() {
        for (int tried = 0; tried < TRIES / 7; tried++) {
            String secret = Addresses.secret(random);
            String address = Addresses.with(secret, random);
            List<String> arguments = List.of(
                    "plan",
                    List.of("upload", "download", "sources").get(random.nextInt(3)),
                    List.of("--plan-issue", "--session-file", "--gist-url", "--to")
                            .get(random.nextInt(4)),
                    address);
            requireHidden(secret, machine.run(arguments.toArray(String[]::new)), arguments.toString());
        }
    }

    @Test
    void fromNoEnvironmentAndNoCheckout() throws IOException {
        for (int tried = 0; tried < TRIES / 7; tried++) {
            String secret = Addresses.secret(random);
            String address = Addresses.with(secret, random).replaceFirst("^[a-z]*:(?=[A-Za-z]+:/)", "");
            String variable = List.of(
                            "GITHUB_SERVER_URL",
                            "GITHUB_API_URL",
                            "GH_HOST",
                            "https_proxy",
                            "http_proxy",
                            "GITHUB_REPOSITORY")
                    .get(random.nextInt(6));
            boolean isCheckout = random.nextBoolean();
            if (isCheckout) {
                Files.createDirectories(machine.folder().resolve(".git"));
                Files.writeString(machine.folder().resolve(".git/HEAD"), "ref: refs/heads/main\n");
                Files.writeString(
                        machine.folder().resolve(".git/config"),
                        "[remote \"origin\"]\n\turl = \"" + address.replace("\"", "") + "\"\n");
            } else {
                machine.with(variable, address);
            }
            String store = List.of("git", "release", "auto", "gist", "git:http://127.0.0.1:9/o/n")
                    .get(random.nextInt(5));
            requireHidden(secret, machine.run("list", "--store", store), variable + "=" + address);
            machine.without(variable);
            if (isCheckout) {
                Files.delete(machine.folder().resolve(".git/HEAD"));
                Files.delete(machine.folder().resolve(".git/config"));
                Files.delete(machine.folder().resolve(".git"));
            }
        }
    }

    @Test
    void ofATokenInWords() {
        machine.with("GITHUB_TOKEN", "ghp_0123456789abcdefghij");
        Machine.Run run = machine.run("list", "--store", "ghp_0123456789abcdefghij");

        assertThat(run.err()).contains("\"***\" names no store").doesNotContain("ghp_01234567");
    }

    private void requireHidden(String secret, Machine.Run run, String what) {
        String all = run.out() + run.err();
        List<String> forms = new ArrayList<>(List.of(secret));
        try {
            forms.add(URLDecoder.decode(secret.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // It has a percent sign of its own.
        }
        for (String form : forms) {
            for (int from = 0; from + SHOWN_OF_A_SECRET <= form.length(); from++) {
                assertThat(all)
                        .as("seed %d: %s", seed, what)
                        .doesNotContain(form.substring(from, from + SHOWN_OF_A_SECRET));
            }
        }
    }
}
