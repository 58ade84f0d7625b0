package dev.sessionrelay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sessionrelay.github.standin.Asset;
import dev.sessionrelay.github.standin.Gist;
import dev.sessionrelay.github.standin.Grant;
import dev.sessionrelay.github.standin.Release;
import dev.sessionrelay.github.standin.Repo;
import dev.sessionrelay.github.standin.StandIn;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Machine;
import dev.sessionrelay.transcript.SessionId;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/design/formats.md has of draft releases and gists is what lies there after a save. */
class FormatsOnGitHubTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SessionId ID = Conversation.id(1);

    private StandIn standIn;
    private Repo repo;
    private Machine laptop;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        standIn = StandIn.start();
        repo = standIn.hub().repository("octocat/hello", false);
        standIn.hub().grant("gho_mine", new Grant.Classic(Set.of("repo", "gist")));
        laptop = Machine.at(temporary.resolve("laptop"))
                .with("GITHUB_API_URL", standIn.at().api())
                .with("GH_TOKEN", "gho_mine");
        laptop.conversation(ID).turn("begin").writeTo(laptop.transcript(ID));
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private void save(String store) {
        Machine.Run saved = laptop.run("save", "--store", store, "--key", "pr-12");
        assertThat(saved.exitCode()).as(saved.err()).isZero();
    }

    @Test
    void aDraftReleaseIsAsDescribed() throws IOException {
        save("release:octocat/hello");
        Release release = repo.releases().values().iterator().next();
        assertThat(release.tag()).isEqualTo("claude-sessions-pr-12");
        assertThat(release.isDraft()).isTrue();
        assertThat(release.isPrerelease()).isTrue();
        assertThat(release.title()).startsWith("Do not publish");
        Asset first = asset(release, "session-relay-" + ID + ".1.first");
        Asset archive = asset(release, "claude-session-" + ID + ".tar.gz");
        JsonNode save = JSON.readTree(first.bytes());
        assertThat(save.path("format").asInt()).isEqualTo(1);
        assertThat(save.path("save").asInt()).isEqualTo(1);
        assertThat(save.path("archive").asLong()).isEqualTo(archive.id());
        assertThat(sha256(firstFileOf(archive.bytes(), ID + ".jsonl")))
                .isEqualTo(save.at("/manifest/entries/0/sha256").asText());
        assertThat(JSON.readTree(asset(release, "claude-session-metadata-" + ID + ".json")
                                .bytes())
                        .properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("sessionId", "gitBranch", "cwd", "timestamp", "archivePath");

        laptop.conversation(ID).turn("begin").turn("go on").writeTo(laptop.transcript(ID));
        save("release:octocat/hello");
        String parent = sha256(first.bytes()).substring(0, 16);
        JsonNode second = JSON.readTree(
                asset(release, "session-relay-" + ID + ".2." + parent).bytes());
        assertThat(second.at("/ancestors/0").asText()).isEqualTo(parent);
    }

    private static Asset asset(Release release, String name) {
        return release.asset(name)
                .orElseThrow(() -> new AssertionError(name + " is not among "
                        + release.assets().values().stream().map(Asset::name).toList()));
    }

    /** A ustar header has the name first, and the size in octal digits from byte 124 on. */
    private static byte[] firstFileOf(byte[] archive, String name) throws IOException {
        try (DataInputStream tar = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            byte[] header = tar.readNBytes(512);
            assertThat(new String(Arrays.copyOf(header, name.length()), StandardCharsets.UTF_8))
                    .isEqualTo(name);
            String size = new String(Arrays.copyOfRange(header, 124, 135), StandardCharsets.US_ASCII);
            return tar.readNBytes(Integer.parseInt(size, 8));
        }
    }

    @Test
    void aGistIsAsDescribed() throws IOException {
        save("gist");
        Gist gist = standIn.gists().all().getFirst();
        assertThat(gist.description()).isEqualTo("Claude Code session " + ID + " (local)");
        assertThat(gist.isPublic()).isFalse();
        assertThat(gist.files())
                .containsEntry("session-" + ID + ".jsonl", Files.readString(laptop.transcript(ID)))
                .hasSize(2);
        Matcher name = nameOfTheSave(gist);
        assertThat(name.group(1)).isEqualTo("1");
        assertThat(name.group(2)).isEqualTo("first");
        assertThat(name.group(4))
                .isEqualTo(sha256("pr-12".getBytes(StandardCharsets.UTF_8)).substring(0, 16));
        JsonNode save = JSON.readTree(gist.files().get(name.group()));
        assertThat(save.path("format").asInt()).isEqualTo(1);
        assertThat(save.at("/transcript/0/file").asText()).isEqualTo("session-" + ID + ".jsonl");
        assertThat(save.at("/manifest/session_id").asText()).isEqualTo(ID.text());

        laptop.conversation(ID).turn("begin").turn("go on").writeTo(laptop.transcript(ID));
        save("gist");
        Matcher second = Pattern.compile("session-" + ID + "\\.relay-2-" + name.group(3) + "-.*\\.json")
                .matcher(String.join("\n", gist.files().keySet()));
        assertThat(second.find()).isTrue();
    }

    private static Matcher nameOfTheSave(Gist gist) {
        Pattern form = Pattern.compile("session-" + ID + "\\.relay-(\\d+)-(\\w+)-(\\w+)-(\\w+)-\\d+\\.json");
        return gist.files().keySet().stream()
                .map(form::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .orElseThrow();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
