package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.GitHost;
import dev.sessionrelay.testing.KeyPairs;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.OutsideCommand;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two machines, a store between them that others can read, and keys. */
@Needs({Tool.AGE, Tool.SSH_KEYGEN})
class SealedSessionsTest {
    private static final SessionId ID = Conversation.id(1);

    private Path temp;
    private Path store;
    private Machine laptop;
    private Machine desktop;

    @BeforeEach
    void layOut(@TempDir Path folder) throws IOException {
        temp = folder.toRealPath();
        store = temp.resolve("store");
        laptop = Machine.at(temp.resolve("laptop"));
        desktop = Machine.at(temp.resolve("desktop"));
    }

    private KeyPairs usualKeyOf(Machine machine) throws IOException {
        Path folder = Files.createDirectories(machine.home().resolve(".ssh"));
        return KeyPairs.ssh("ed25519", folder.resolve("id_ed25519"), "");
    }

    private String[] save(String... more) {
        return Stream.concat(Stream.of("save", "--store", "folder:" + store, "--key", "k", "--json"), Stream.of(more))
                .toArray(String[]::new);
    }

    private static JsonNode done(Machine.Run run) throws IOException {
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run.json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa"})
    void goesToAndFroWithKeysOfSsh(String kind) throws IOException {
        KeyPairs ours = KeyPairs.ssh(kind, temp.resolve("ours"), "");
        laptop.with("SESSION_RELAY_KEY", ours.privateText()).with("SESSION_RELAY_ENCRYPT_TO", ours.publicLine());
        desktop.with("SESSION_RELAY_KEY", ours.privateText()).with("SESSION_RELAY_ENCRYPT_TO", ours.publicLine());
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));

        assertThat(done(laptop.run(save())).path("sealed").asBoolean()).isTrue();
        assertThat(done(laptop.run(save())).path("outcome").asText()).isEqualTo("unchanged");
        String ref = "folder:" + store + "/" + ID;
        assertThat(done(desktop.run("restore", ref, "--json")).path("outcome").asText())
                .isEqualTo("placed");
        assertThat(desktop.transcript(ID)).hasSameBinaryContentAs(laptop.transcript(ID));

        laptop.conversation(ID).turn("one").turn("two").writeTo(desktop.transcript(ID));
        assertThat(done(desktop.run(save())).path("outcome").asText()).isEqualTo("saved");
        assertThat(done(laptop.run("restore", ref, "--json")).path("outcome").asText())
                .isEqualTo("appended");
    }

    @Test
    void mergesWhatWentOnInTwoWays() throws IOException {
        KeyPairs ours = usualKeyOf(laptop);
        desktop.with("SESSION_RELAY_KEY", ours.privateText());
        laptop.conversation(ID).turn("one").turn("laptop").writeTo(laptop.transcript(ID));
        done(laptop.run(save("--encrypt-to", ours.publicLine())));
        laptop.conversation(ID)
                .turn("one")
                .at("2026-11-20T12:00:00Z")
                .turn("desktop")
                .writeTo(desktop.transcript(ID));
        Files.writeString(desktop.transcript(ID), withOwnIds(Files.readString(desktop.transcript(ID))));

        JsonNode saved = done(desktop.run(save("--encrypt-to", ours.publicLine())));
        assertThat(saved.path("outcome").asText()).isEqualTo("merged");
        done(laptop.run("restore", saved.path("ref").asText(), "--json"));
        assertThat(laptop.transcript(ID)).content().contains("answer to laptop").contains("answer to desktop");
    }

    /** The second turn's records get ids of their own, as on another machine. */
    private static String withOwnIds(String transcript) {
        return transcript.replace("-000000000002\"", "-0000000000a2\"").replace("-000000000003\"", "-0000000000a3\"");
    }

    @Test
    void saysInWordsThatItCannotCompareWithoutAKey() throws IOException {
        KeyPairs theirs = KeyPairs.age(temp.resolve("theirs"));
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        done(laptop.run(save("--encrypt-to", theirs.publicLine())));
        laptop.conversation(ID).turn("one").turn("two").writeTo(desktop.transcript(ID));

        JsonNode refused =
                desktop.run(save("--encrypt-to", theirs.publicLine())).json();
        assertThat(refused.path("exit_code").asInt()).isEqualTo(4);
        assertThat(refused.path("error").asText()).contains("no key here opens it");
        // The machine that sealed it knows what it sealed.
        laptop.conversation(ID).turn("one").turn("two").writeTo(laptop.transcript(ID));
        assertThat(done(laptop.run(save("--encrypt-to", theirs.publicLine())))
                        .path("outcome")
                        .asText())
                .isEqualTo("saved");
    }

    @Test
    void namesThoseWhoCanOpenItToThoseWhoCannot() throws IOException {
        KeyPairs theirs = usualKeyOf(laptop);
        usualKeyOf(desktop);
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        String ref = done(laptop.run(save("--encrypt-to", theirs.publicLine())))
                .path("ref")
                .asText();
        String fingerprint = new String(
                        OutsideCommand.run(new byte[0], "ssh-keygen", "-l", "-f", theirs.file() + ".pub")
                                .done(),
                        StandardCharsets.UTF_8)
                .split(" ", 3)[1];

        Machine.Run refused = desktop.run("restore", ref);
        assertThat(refused.exitCode()).isEqualTo(6);
        assertThat(refused.err())
                .contains("is sealed to ssh-ed25519 " + fingerprint)
                .contains("no key here is one of these")
                .contains("decrypt-key");
        assertThat(desktop.project()).doesNotExist();
        Machine.Run listed = desktop.run("list", "--store", "folder:" + store);
        assertThat(listed.out()).contains(ID + "  ").contains("  k  sealed  ");
    }

    @Test
    void saysThatAKeyIsLocked() throws IOException {
        KeyPairs locked = KeyPairs.ssh("ed25519", temp.resolve("locked"), "open sesame");
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        String ref = done(laptop.run(save("--encrypt-to", locked.publicLine())))
                .path("ref")
                .asText();

        Machine.Run refused =
                desktop.run("restore", ref, "--decrypt-key", locked.file().toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("is locked by a passphrase").contains("age-keygen");

        Files.createDirectories(desktop.home().resolve(".ssh"));
        Files.copy(locked.file(), desktop.home().resolve(".ssh/id_ed25519"));
        Machine.Run usual = desktop.run("restore", ref);
        assertThat(usual.exitCode()).isEqualTo(6);
        assertThat(usual.err()).contains("~/.ssh/id_ed25519 is locked by a passphrase");
    }

    /** With nothing but age and gunzip a person gets the whole conversation back. */
    @Test
    void canBeOpenedByHand() throws IOException {
        KeyPairs ours = KeyPairs.age(temp.resolve("ours"));
        laptop.conversation(ID).turn("one").turn("two").writeTo(laptop.transcript(ID));
        done(laptop.run(save("--encrypt-to", ours.publicLine())));
        List<Path> files;
        try (Stream<Path> all = Files.walk(store)) {
            files = all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".age"))
                    .toList();
        }
        ByteArrayOutputStream opened = new ByteArrayOutputStream();
        for (Path file : files) {
            byte[] compressed = OutsideCommand.run(
                            Files.readAllBytes(file),
                            "age",
                            "-d",
                            "-i",
                            ours.file().toString())
                    .done();
            new GZIPInputStream(new ByteArrayInputStream(compressed)).transferTo(opened);
        }

        assertThat(opened.toByteArray()).isEqualTo(Files.readAllBytes(laptop.transcript(ID)));
    }

    @Test
    @Needs(Tool.GIT)
    void sendsOnlyWhatIsNewIntoARepository() throws IOException {
        Path repository = GitCommand.bare(temp.resolve("sessions.git"));
        KeyPairs ours = usualKeyOf(laptop);
        Conversation conversation = laptop.conversation(ID);
        for (int turn = 0; turn < 15000; turn++) {
            conversation.turn("turn " + turn);
        }
        conversation.writeTo(laptop.transcript(ID));
        String[] save = {"save", "--store", "git:" + repository, "--encrypt-to", ours.publicLine(), "--json"};
        long first = done(laptop.run(save)).path("bytes_written").asLong();
        conversation.turn("more").writeTo(laptop.transcript(ID));
        JsonNode second = done(laptop.run(save));

        assertThat(second.path("bytes_written").asLong()).isLessThan(first / 4);
        desktop.with("SESSION_RELAY_KEY", ours.privateText());
        done(desktop.run("restore", second.path("ref").asText(), "--json"));
        assertThat(desktop.transcript(ID)).hasSameBinaryContentAs(laptop.transcript(ID));
        JsonNode history = done(desktop.run("history", second.path("ref").asText(), "--json"));
        assertThat(history.toString()).contains("@");
        assertThat(GitCommand.in(repository).run("log", "--all", "--format=%B")).doesNotContain("turn 0", "turns)");
    }

    @Test
    @Needs({Tool.GIT, Tool.LIGHTTPD})
    void goesWhereEverybodyCanReadIt() throws IOException {
        KeyPairs ours = usualKeyOf(laptop);
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        try (GitHost host = GitHost.start(temp)) {
            GitCommand.in(host.repository("open/sessions.git")).run("config", "http.receivepack", "true");
            String store = "git:http://127.0.0.1:" + host.port() + "/open/sessions.git";
            Machine.Run inTheOpen = laptop.run("save", "--store", store, "--key", "k");
            JsonNode sealed = done(
                    laptop.run("save", "--store", store, "--key", "k", "--encrypt-to", ours.publicLine(), "--json"));

            assertThat(inTheOpen.exitCode()).isEqualTo(3);
            assertThat(inTheOpen.err()).contains("can be read by anybody").contains("encrypt-to");
            done(laptop.run("restore", sealed.path("ref").asText(), "--json"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"erk", "session-branch"})
    @Needs(Tool.GIT)
    void isNotSealedInLayoutsThatOtherToolsRead(String layout) throws IOException {
        Path repository = GitCommand.bare(temp.resolve("sessions.git"));
        KeyPairs ours = usualKeyOf(laptop);
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));

        Machine.Run refused = laptop.run(
                "save",
                "--store",
                "git:" + repository,
                "--layout",
                layout,
                "--plan-issue",
                "12",
                "--encrypt-to",
                ours.publicLine());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("layout " + layout).contains("sealed");
        assertThat(GitCommand.in(repository).run("branch", "--list")).isEmpty();
    }

    @Test
    void sealsToTheKeysOfAUserOfGitHub() throws IOException {
        KeyPairs ours = KeyPairs.ssh("ed25519", temp.resolve("ours"), "");
        KeyPairs ecdsa = KeyPairs.ssh("ecdsa", temp.resolve("ecdsa"), "");
        List<String> asked = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/users/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            boolean known = exchange.getRequestURI().getPath().equals("/users/octocat/keys");
            byte[] body = (known
                            ? "[{\"id\":1,\"key\":\"" + ecdsa.publicLine().replace(" dev@example.com", "")
                                    + "\"},{\"id\":2,\"key\":\""
                                    + ours.publicLine().replace(" dev@example.com", "")
                                    + "\"}]"
                            : "[]")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            laptop.with(
                    "GITHUB_API_URL", "http://localhost:" + server.getAddress().getPort());
            laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
            JsonNode saved = done(laptop.run(save("--encrypt-to", "github:octocat")));
            Machine.Run nobody = laptop.run(save("--encrypt-to", "github:ghost"));

            assertThat(asked).containsExactly("/users/octocat/keys", "/users/ghost/keys");
            assertThat(saved.path("sealed_to").toString())
                    .contains("ssh-ed25519")
                    .doesNotContain("ecdsa");
            assertThat(nobody.exitCode()).isEqualTo(2);
            assertThat(nobody.json().path("error").asText()).contains("github:ghost has no SSH key on GitHub");
            desktop.with("SESSION_RELAY_KEY", ours.privateText());
            done(desktop.run("restore", saved.path("ref").asText(), "--json"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void takesAFileOfRecipientsAndNamesItsBadLine() throws IOException {
        KeyPairs first = KeyPairs.age(temp.resolve("first"));
        KeyPairs second = usualKeyOf(laptop);
        Path team = Files.writeString(
                temp.resolve("team.txt"), "# the team\n" + first.publicLine() + "\n\n" + second.publicLine() + "\n");
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));

        assertThat(done(laptop.run(save("--encrypt-to", team.toString())))
                        .path("sealed_to")
                        .size())
                .isEqualTo(2);
        Files.writeString(team, "age1qqqq\n", java.nio.file.StandardOpenOption.APPEND);
        Machine.Run refused = laptop.run(save("--encrypt-to", team.toString()));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.json().path("error").asText()).contains("line 5 of " + team);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "age1",
                "ssh-ed25519 AAAA",
                "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7",
                "ssh-ed25519 !!!!",
                "sk-ssh-ed25519@openssh.com AAAA",
                "no-such-file",
                "github:",
                "github:../..",
                "github:a b"
            })
    void refusesWhatCannotBeSealedTo(String recipient) throws IOException {
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        Machine.Run refused = laptop.run(save("--encrypt-to", recipient));

        assertThat(refused.exitCode()).as(refused.out()).isEqualTo(2);
        assertThat(store).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AGE-SECRET-KEY-1QQQQ", "-----BEGIN OPENSSH PRIVATE KEY-----\nsecret-looking", "no/such/file"})
    void saysNothingOfAKeyThatIsNotSound(String bad) throws IOException {
        KeyPairs ours = KeyPairs.age(temp.resolve("ours"));
        laptop.conversation(ID).turn("one").writeTo(laptop.transcript(ID));
        String ref = done(laptop.run(save("--encrypt-to", ours.publicLine())))
                .path("ref")
                .asText();

        Machine.Run refused = desktop.run("restore", ref, "--decrypt-key", bad);
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).doesNotContain("QQQQ", "secret-looking");
    }
}
