package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.io.file.PathBelow;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who writes to a store exchanges its bytes for others while they are restored. */
class ExchangedBytesTest {
    private static final int TRIES = Integer.getInteger("relay.tries", 25);
    private static final SessionId ID = Conversation.id(1);
    private static final String GOOD = "the water is fine";
    private static final String BAD = "the water is fire";

    private Path root;
    private Machine saved;

    @BeforeEach
    void save(@TempDir Path temp) throws IOException {
        root = temp.toRealPath();
        saved = Machine.at(root.resolve("a"));
        Conversation conversation = saved.conversation(ID);
        String filling = "lorem ipsum dolor ".repeat(3000);
        for (int turn = 0; turn < 60; turn++) {
            conversation.turn(filling);
        }
        conversation.turn(GOOD).writeTo(saved.transcript(ID));
        assertThat(saved.run("save", "--store", "folder:" + root.resolve("store"))
                        .exitCode())
                .isZero();
    }

    /** Whatever moment the other bytes come in: they are refused, or the first ones are placed. */
    @Test
    void placesNothingButWhatWasCompared() throws Exception {
        Path part = PathBelow.files(root.resolve("store/sessions")).stream()
                .filter(file -> holds(file, GOOD))
                .findFirst()
                .orElseThrow();
        Path bad = root.resolve("bad");
        Path good = Files.copy(part, root.resolve("good"));
        Files.writeString(bad, Files.readString(part).replace(GOOD, BAD));
        AtomicBoolean done = new AtomicBoolean();
        Thread exchanger = new Thread(() -> exchange(part, List.of(bad, good), done));
        int placed = 0;
        int refused = 0;
        int accepted = 0;
        exchanger.start();
        try {
            for (int i = 0; i < TRIES; i++) {
                Machine machine = Machine.at(root.resolve("m" + i));
                // Every third one has a beginning already, so that the rest is put behind it.
                if (i % 3 == 0) {
                    String all = Files.readString(saved.transcript(ID));
                    Files.createDirectories(machine.project());
                    Files.writeString(machine.transcript(ID), all.substring(0, all.indexOf('\n') + 1));
                }
                Machine.Run run = machine.run("restore", "folder:" + root.resolve("store") + "/" + ID);
                String here = Files.exists(machine.transcript(ID)) ? Files.readString(machine.transcript(ID)) : "";
                accepted += here.contains(BAD) ? 1 : 0;
                if (run.exitCode() == 0) {
                    placed++;
                } else {
                    refused++;
                    assertThat(run.exitCode()).as(run.err()).isEqualTo(6);
                    assertThat(here).as(run.err()).doesNotContain(GOOD);
                }
                PathBelow.remove(machine.home());
            }
        } finally {
            done.set(true);
            exchanger.join();
        }
        System.out.printf(
                "exchanged bytes: %d tries, %d placed, %d refused, %d accepted%n", TRIES, placed, refused, accepted);
        assertThat(accepted).isZero();
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void exchange(Path part, List<Path> versions, AtomicBoolean done) {
        Path beside = part.resolveSibling("beside");
        try {
            while (!done.get()) {
                for (Path version : versions) {
                    Files.copy(version, beside, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(beside, part, StandardCopyOption.ATOMIC_MOVE);
                    Thread.sleep(7);
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
