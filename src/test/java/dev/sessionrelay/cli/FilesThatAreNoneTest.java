package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.OutsideCommand;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a checkout, a user or a neighbour has laid in the place of a file that this program reads: it ends, in words.
 */
class FilesThatAreNoneTest {
    private static final SessionId ID = Conversation.id(1);
    private static final List<String> KINDS = List.of("/dev/zero", "pipe", "3 GB", "folder");

    private Machine machine;
    private Path root;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        root = temp.toRealPath();
        machine = Machine.at(root.resolve("machine"));
        machine.conversation(ID).onBranch("main").turn("one").writeTo(machine.transcript(ID));
    }

    private Machine.Run run(String... arguments) {
        return assertTimeoutPreemptively(Duration.ofSeconds(20), () -> machine.run(arguments));
    }

    private Machine.Run inWords(String... arguments) {
        Machine.Run run = run(arguments);
        assertThat(run.err()).doesNotContain("bug", "\tat ", "Exception");
        return run;
    }

    private static Stream<Arguments> eachIn(List<String> kinds, String... places) {
        List<Arguments> all = new ArrayList<>();
        for (String place : places) {
            kinds.forEach(kind -> all.add(Arguments.of(place, kind)));
        }
        return all.stream();
    }

    private static Stream<Arguments> ofTheCheckout() {
        return eachIn(List.of("pipe", "3 GB"), ".git", ".git/HEAD", ".git/config", ".git/commondir", ".git/index");
    }

    /** Such a checkout is like none: where it came from and which branch it is on is not known. */
    @ParameterizedTest
    @MethodSource("ofTheCheckout")
    void goesOnWithoutWhatGitKeepsThere(String place, String kind) throws IOException {
        OutsideCommand.make(
                "git",
                "init",
                "--quiet",
                "--initial-branch=main",
                machine.folder().toString());
        Path file = machine.folder().resolve(place);
        OutsideCommand.make("rm", "-rf", file.toString());
        TooMuchTest.replace(file, kind);

        Machine.Run saved = inWords("save", "--key", "k", "--store", "folder:" + root.resolve("store"));
        Machine.Run found = inWords("find");

        assertThat(saved.exitCode()).as(saved.err()).isZero();
        assertThat(found.exitCode()).as(found.err()).isZero();
    }

    private static Stream<Arguments> ofAStore() {
        return eachIn(
                List.of("pipe", "3 GB"),
                "HEAD",
                "config",
                "packed-refs",
                "refs/heads/topic",
                "objects/info/alternates");
    }

    @ParameterizedTest
    @MethodSource("ofAStore")
    void usesNoRepositoryWithSuchFiles(String place, String kind) throws IOException {
        Path store = root.resolve("store.git");
        OutsideCommand.make("git", "init", "--quiet", "--bare", store.toString());
        Path file = store.resolve(place);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        TooMuchTest.replace(file, kind);

        Machine.Run saved = inWords("save", "--key", "k", "--store", "git", "--repository", store.toString());

        assertThat(saved.exitCode()).as(saved.err()).isIn(2, 3, 5, 6);
    }

    private static Stream<Arguments> ofTheUser() {
        return eachIn(KINDS, "--encrypt-to", "--sign-key", "--decrypt-key", "--allowed-signers", ".session-relay.toml");
    }

    @ParameterizedTest
    @MethodSource("ofTheUser")
    void refusesThemWhereTheyAreNamed(String option, String kind) throws IOException {
        Path file = machine.folder().resolve(option.startsWith("--") ? "given" : option);
        TooMuchTest.replace(file, kind);
        List<String> arguments = new ArrayList<>(List.of("save", "--store", "folder:" + root.resolve("store")));
        if (option.equals("--decrypt-key")) {
            inWords(
                    "save",
                    "--store",
                    "folder:" + root.resolve("store"),
                    "--encrypt-to",
                    KeyPairs.age(root.resolve("key")).publicLine());
        }
        if (option.equals("--allowed-signers") || option.equals("--decrypt-key")) {
            arguments = new ArrayList<>(List.of("restore", "folder:" + root.resolve("store") + "/" + ID));
            if (option.equals("--allowed-signers")) {
                arguments.addAll(List.of("--trust", "signed"));
            }
        }
        if (option.startsWith("--")) {
            arguments.addAll(List.of(option, "given"));
        }

        Machine.Run refused = inWords(arguments.toArray(new String[0]));

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    }

    @Test
    void refusesAStoresLockThatWouldWait() throws IOException {
        Path store = root.resolve("store");
        inWords("save", "--store", "folder:" + store);
        try (Stream<Path> all = Files.list(store)) {
            for (Path lock : all.filter(Files::isRegularFile).toList()) {
                TooMuchTest.replace(lock, "pipe");
            }
        }
        machine.conversation(ID).onBranch("main").turn("one").turn("two").writeTo(machine.transcript(ID));

        Machine.Run refused = inWords("save", "--store", "folder:" + store);

        assertThat(refused.exitCode()).as(refused.err()).isIn(3, 5, 6);
    }
}
