package dev.sessionrelay.store.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Fuzz;
import dev.sessionrelay.transcript.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.junit.jupiter.api.Test;

/** Trees that no git would write, with whatever names and kinds of files. */
class TreeFuzzTest {
    private static final SessionId ID = Conversation.id(1);
    private static final List<String> NAMES = List.of(
            "..",
            ".",
            ".git",
            ".GIT",
            "",
            "a/b",
            "/etc",
            "\\",
            "transcript",
            "manifest.json",
            "sessions",
            "@files",
            "%2e%2e",
            "a\n",
            "\u001b[2J",
            "\ufffd",
            "sealed",
            ID.text(),
            ID.text() + ".jsonl",
            ID.text().toUpperCase(Locale.ROOT),
            "000000000000-0123456789abcdef.jsonl",
            "x".repeat(300));
    private static final List<String> MODES = List.of("40000", "100644", "100755", "120000", "160000", "0", "777777");

    @Test
    void readsOrRefusesAnyTree() throws Exception {
        try (InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("fuzz"))) {
            Fuzz.run(random -> {
                ObjectId root;
                try (ObjectInserter inserter = repository.newObjectInserter()) {
                    root = tree(inserter, random, 0);
                    inserter.flush();
                }
                try (ObjectReader reader = repository.newObjectReader()) {
                    look(new SessionTree(reader, "the test"), root);
                }
            });
        }
    }

    private static void look(SessionTree tree, ObjectId root) throws Exception {
        try {
            List<TreePlace> places = new ArrayList<>(tree.all(root));
            tree.find(root, ID).ifPresent(places::add);
            for (TreePlace place : places) {
                assertThat(Stream.of(place.folder().split("/", -1))).doesNotContain("..", ".");
                if (place.tree().isPresent()) {
                    requireSafe(tree.files(place.tree().get()));
                }
            }
        } catch (Failure refused) {
            assertThat(refused.exitCode()).isEqualTo(ExitCode.DAMAGED);
            assertThat(refused.getMessage()).doesNotContain("\u001b", "\n");
        }
    }

    /** A path is looked up, never written to; as an entry's name it has to pass for itself. */
    private static void requireSafe(Map<String, ObjectId> files) {
        for (String path : files.keySet()) {
            assertThat(Stream.of(path.split("/", -1))).doesNotContain("..", ".");
            try {
                EntryName.inFolder(path);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("is no safe name");
            }
        }
    }

    private static ObjectId tree(ObjectInserter inserter, RandomGenerator random, int depth) throws Exception {
        List<byte[]> entries = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            String mode = MODES.get(random.nextInt(random.nextInt(3) == 0 ? MODES.size() : 2));
            String name = NAMES.get(random.nextInt(NAMES.size()));
            ObjectId id = mode.equals("40000") && depth < 5 && random.nextInt(10) > 0
                    ? tree(inserter, random, depth + 1)
                    : random.nextInt(5) == 0
                            ? ObjectId.fromRaw(Fuzz.random(random, 20))
                            : inserter.insert(Constants.OBJ_BLOB, "x".getBytes(UTF_8));
            entries.add(entry(mode, name, id));
        }
        int length = entries.stream().mapToInt(entry -> entry.length).sum();
        byte[] bytes = new byte[length];
        int at = 0;
        for (byte[] entry : entries) {
            System.arraycopy(entry, 0, bytes, at, entry.length);
            at += entry.length;
        }
        byte[] written = random.nextInt(4) == 0 ? Fuzz.mutated(bytes, List.of(), random) : bytes;
        return inserter.insert(Constants.OBJ_TREE, written);
    }

    private static byte[] entry(String mode, String name, ObjectId id) {
        byte[] head = (mode + " " + name + "\0").getBytes(UTF_8);
        byte[] entry = new byte[head.length + 20];
        System.arraycopy(head, 0, entry, 0, head.length);
        id.copyRawTo(entry, head.length);
        return entry;
    }
}
