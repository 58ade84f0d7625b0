package dev.sessionrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.io.file.PathBelow;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import dev.sessionrelay.transcript.SessionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Root restores into a user's home, or saves from it, and the user has laid links to what is root's. */
@Needs(Tool.ROOT)
class RootAndLinksIT {
    private static final int TRIES = Integer.getInteger("relay.tries", 25);
    private static final int USER = 1001;
    private static final SessionId ID = Conversation.id(1);
    private static final String SECRET = "only root may read this";

    private Path root;
    private Path store;
    private Machine user;
    /** A folder of root's with a transcript in it that others must not read. */
    private Path roots;

    private String first;

    @BeforeEach
    void layOut(@TempDir Path temp) throws IOException {
        root = temp.toRealPath();
        store = root.resolve("store");
        Machine origin = Machine.at(root.resolve("origin"));
        user = Machine.at(root.resolve("user"));
        Conversation conversation = Conversation.of(ID).in(user.folder()).turn("one");
        first = conversation.text();
        conversation.turn("two").writeTo(origin.transcript(ID));
        for (int i = 0; i < 20; i++) {
            Files.createDirectories(origin.project().resolve(ID + "/tool-results"));
            Files.writeString(origin.project().resolve(ID + "/tool-results/" + i + ".txt"), "result " + i);
        }
        assertThat(origin.run("save", "--store", "folder:" + store).exitCode()).isZero();
        roots = Files.createDirectory(root.resolve("roots"));
        Files.writeString(roots.resolve(ID + ".jsonl"), first + "{\"type\":\"" + SECRET + "\"}\n");
        Files.createDirectories(user.claude());
        toUser(user.home());
    }

    private static void toUser(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path one : all.toList()) {
                give(one);
            }
        }
    }

    private static void give(Path one) throws IOException {
        Files.setAttribute(one, "unix:uid", USER, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(one, "unix:gid", USER, LinkOption.NOFOLLOW_LINKS);
    }

    private static int ownerOf(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private Path usersLink(Path link, Path target) throws IOException {
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, target);
        toUser(user.home());
        return link;
    }

    private Machine.Run restore() {
        return user.run("restore", "folder:" + store + "/" + ID, "--on-conflict", "merge");
    }

    private void requireNothingOfRootsTouched(Machine.Run refused) throws IOException {
        assertThat(refused.exitCode()).as(refused.out() + refused.err()).isIn(3, 5);
        assertThat(refused.err()).doesNotContain("bug").doesNotContain("/proc/self/fd");
        try (Stream<Path> all = Files.list(roots)) {
            assertThat(all).containsExactly(roots.resolve(ID + ".jsonl"));
        }
        assertThat(ownerOf(roots)).isZero();
        assertThat(ownerOf(roots.resolve(ID + ".jsonl"))).isZero();
        assertThat(roots.resolve(ID + ".jsonl")).content().isEqualTo(first + "{\"type\":\"" + SECRET + "\"}\n");
        for (Path file : PathBelow.files(user.home())) {
            if (ownerOf(file) == USER) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(SECRET);
            }
        }
    }

    /** The user's own store, into which root saves: the user's links in it lead root nowhere. */
    @ParameterizedTest
    @ValueSource(strings = {"sessions", "keys", "session", "content"})
    void writesIntoNoStoreThroughTheUsersLinks(String what) throws IOException {
        Path own = user.home().resolve("store");
        Path link = own.resolve(
                switch (what) {
                    case "session" -> "sessions/" + ID;
                    case "content" -> "sessions/" + ID + "/content";
                    default -> what;
                });
        Conversation.of(ID).in(user.folder()).turn("one").writeTo(user.transcript(ID));
        usersLink(link, roots);

        Machine.Run refused = user.run("save", "--session-id", ID.text(), "--store", "folder:" + own);

        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(3);
        requireNothingOfRootsTouched(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude home", "projects", "project", "transcript", "hard link", "folder", "tasks"})
    void neitherReadsNorWritesThroughTheUsersLinks(String what) throws IOException {
        switch (what) {
            case "claude home" -> {
                Files.delete(user.claude());
                Path project = Files.createDirectories(root.resolve("roots-claude/projects"));
                usersLink(user.claude(), project.getParent());
                Files.createSymbolicLink(project.resolve(user.project().getFileName()), roots);
            }
            case "projects" -> {
                Path projects = Files.createDirectory(root.resolve("roots-projects"));
                Files.createSymbolicLink(projects.resolve(user.project().getFileName()), roots);
                usersLink(user.claude().resolve("projects"), projects);
            }
            case "project" -> usersLink(user.project(), roots);
            case "transcript" -> usersLink(user.transcript(ID), roots.resolve(ID + ".jsonl"));
            case "hard link" -> {
                Files.createDirectories(user.project());
                toUser(user.home());
                Files.createLink(user.transcript(ID), roots.resolve(ID + ".jsonl"));
            }
            case "folder" -> usersLink(user.project().resolve(ID.text()), roots);
            case "tasks" -> {
                usersLink(user.claude().resolve("tasks").resolve(ID.text()), roots);
                Files.delete(user.claude().resolve("tasks").resolve(ID.text()));
                usersLink(user.project(), roots);
            }
            default -> throw new AssertionError(what);
        }

        requireNothingOfRootsTouched(restore());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/self/environ", "root's file"})
    void savesNothingThatALinkOfTheUserLeadsTo(String what) throws IOException {
        Path target = what.startsWith("/") ? Path.of(what) : roots.resolve(ID + ".jsonl");
        usersLink(user.transcript(ID), target);

        Machine.Run refused =
                user.run("save", "--session-id", ID.text(), "--store", "folder:" + root.resolve("elsewhere"));

        assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(3);
        assertThat(refused.err()).contains("it is a link of");
        assertThat(root.resolve("elsewhere/sessions")).doesNotExist();
    }

    /** As when somebody keeps sessions on another disk. */
    @Test
    void followsTheUsersLinksToWhatIsTheirs() throws IOException {
        Path elsewhere = Files.createDirectories(root.resolve("disk/projects"));
        Path project = Files.createDirectories(elsewhere.resolve(user.project().getFileName()));
        Path kept = Files.createDirectories(root.resolve("disk/kept"));
        Files.writeString(kept.resolve("t.jsonl"), first);
        Files.createSymbolicLink(project.resolve(ID + ".jsonl"), kept.resolve("t.jsonl"));
        toUser(root.resolve("disk"));
        usersLink(user.claude().resolve("projects"), elsewhere);

        Machine.Run restored = restore();

        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(kept.resolve("t.jsonl")).content().startsWith(first).contains("two");
        assertThat(ownerOf(kept.resolve("t.jsonl"))).isEqualTo(USER);
        assertThat(project.resolve(ID + "/tool-results/7.txt")).hasContent("result 7");
        assertThat(ownerOf(project.resolve(ID + "/tool-results/7.txt"))).isEqualTo(USER);
        assertThat(ownerOf(project.resolve(ID.text()))).isEqualTo(USER);
        assertThat(user.run("save", "--session-id", ID.text(), "--store", "folder:" + root.resolve("again"))
                        .exitCode())
                .isZero();
    }

    /** The folder is there when it is looked at, and a link when it is used, or the other way round. */
    @Test
    void writesNowhereElseWhateverIsExchangedMeanwhile() throws Exception {
        Path folder = Files.createDirectories(user.project().resolve(ID.text()));
        toUser(user.home());
        Path link = root.resolve("link");
        Path aside = root.resolve("aside");
        AtomicBoolean done = new AtomicBoolean();
        Thread exchanger = new Thread(() -> {
            try {
                while (!done.get()) {
                    Files.createSymbolicLink(link, roots);
                    give(link);
                    Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(link, folder, StandardCopyOption.ATOMIC_MOVE);
                    Thread.sleep(1);
                    Files.delete(folder);
                    Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
                    Thread.sleep(2);
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        int restored = 0;
        int redirected = 0;
        exchanger.start();
        try {
            for (int i = 0; i < TRIES; i++) {
                Machine.Run run = restore();
                restored += run.exitCode() == 0 ? 1 : 0;
                assertThat(run.exitCode()).as(run.err()).isNotIn(1, 70);
                Path strayed = roots.resolve("tool-results");
                if (Files.exists(strayed)) {
                    redirected++;
                    PathBelow.remove(strayed);
                }
                Files.deleteIfExists(user.transcript(ID));
                for (Path place : new Path[] {folder, aside}) {
                    Path results = place.resolve("tool-results");
                    if (!Files.isSymbolicLink(place) && Files.isDirectory(results)) {
                        try {
                            PathBelow.remove(results);
                        } catch (IOException moved) {
                            // It is exchanged just now.
                        }
                    }
                }
            }
        } finally {
            done.set(true);
            exchanger.join();
        }
        System.out.printf("exchanged folders: %d tries, %d restored, %d redirected%n", TRIES, restored, redirected);
        assertThat(redirected).isZero();
        assertThat(new String(Files.readAllBytes(roots.resolve(ID + ".jsonl")), StandardCharsets.UTF_8))
                .contains(SECRET);
    }
}
