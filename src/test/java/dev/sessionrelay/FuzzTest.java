package dev.sessionrelay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.ResumeCheck;
import dev.sessionrelay.agent.claude.SessionFiles;
import dev.sessionrelay.agent.claude.Travelling;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.io.file.PathBelow;
import dev.sessionrelay.plan.PlanBody;
import dev.sessionrelay.protect.key.SshPrivateKey;
import dev.sessionrelay.protect.key.SshPublicKey;
import dev.sessionrelay.protect.sign.AllowedSigners;
import dev.sessionrelay.protect.sign.SshSignature;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Changes;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.ManifestJson;
import dev.sessionrelay.session.Seal;
import dev.sessionrelay.session.SessionArchive;
import dev.sessionrelay.session.Statement;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.BytesPayload;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.Fuzz;
import dev.sessionrelay.text.SafeText;
import dev.sessionrelay.transcript.FactsReader;
import dev.sessionrelay.transcript.SessionId;
import dev.sessionrelay.transcript.TranscriptSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes from outside is read or refused in words: no crash, and nothing outside of its folder. */
class FuzzTest {
    private static final SessionId ID = Conversation.id(1);

    private static final List<byte[]> PIECES = Stream.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "\\",
                    "\\u0000",
                    "\\ud800",
                    "\n",
                    "\r\n",
                    "\0",
                    "\u001b[2J",
                    "null",
                    "-1",
                    "1e999",
                    "99999999999999999999",
                    "../",
                    "/",
                    "..",
                    "@tasks/",
                    "@beside/",
                    "sealed/",
                    "\"type\":\"worktree-state\"",
                    "{\"type\":\"worktree-state\"}\n",
                    "\"parentUuid\":null,",
                    "\ufeff",
                    "\ud83d\ude00",
                    "session_cron_carry",
                    "\"segments\" : [ ]",
                    "\"format\" : 2",
                    "<!-- ",
                    " -->",
                    "```yaml\n",
                    ": ",
                    "- ")
            .map(text -> text.getBytes(UTF_8))
            .toList();

    @TempDir
    private Path temp;

    @Test
    void manifests() throws IOException {
        Bundle bundle = Bundles.of(ID, 3).with("a/b.txt", new byte[10]).build();
        Manifest open = bundle.manifest().withSignature(Optional.of("-----BEGIN SSH SIGNATURE-----\nAAAA\n"));
        Manifest sealed = open.withSeal(Optional.of(new Seal(List.of("age1xyz"), "letters\n", open.entries())));
        List<byte[]> seeds = List.of(ManifestJson.write(open), ManifestJson.write(sealed.asStored()));
        Fuzz.run(random -> {
            byte[] json = Fuzz.mutated(seeds.get(random.nextInt(2)), PIECES, random);
            try {
                Manifest read = ManifestJson.read(json, "the test");
                Statement.of(read);
                read.entries().forEach(entry -> requireInside(entry.name()));
                byte[] written = ManifestJson.write(read);
                assertThat(ManifestJson.write(ManifestJson.read(written, "the test")))
                        .isEqualTo(written);
            } catch (Failure refused) {
                assertThat(refused.exitCode()).isEqualTo(ExitCode.DAMAGED);
                assertThat(refused.getMessage()).isEqualTo(SafeText.of(refused.getMessage(), 2000));
            }
        });
    }

    /** Wherever a name leads, it leads into the session's own places. */
    private void requireInside(EntryName name) {
        ClaudeHome home = ClaudeHome.at(temp.resolve("claude"));
        Path project = home.root().resolve("projects/-x");
        SessionFiles.Places places = new SessionFiles.Places(home, project, ID);
        Path target = places.of(name);
        assertThat(target).isEqualTo(target.normalize());
        assertThat(target.startsWith(project)
                        || target.startsWith(home.plans())
                        || target.startsWith(home.root().resolve("tasks").resolve(ID.text())))
                .as(target.toString())
                .isTrue();
    }

    @Test
    void names() {
        List<String> parts = List.of(
                "..",
                ".",
                "",
                "a",
                "@tasks",
                "@beside",
                "with/project-memory",
                "with/plan-files",
                "x.md",
                "agent-1.jsonl",
                "transcript.jsonl",
                "\\",
                "\n",
                "\0",
                "sealed",
                "x".repeat(201),
                "\ud800",
                "%2e%2e",
                "~",
                "C:",
                "é",
                "settings.json");
        Fuzz.run(random -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(1, 11); i > 0; i--) {
                text.append(parts.get(random.nextInt(parts.size()))).append(random.nextInt(3) == 0 ? "" : "/");
            }
            try {
                requireInside(new EntryName(text.toString()));
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("is no safe name");
            }
        });
    }

    @Test
    void transcripts() throws IOException {
        byte[] good = Conversation.of(ID)
                .turn("one")
                .line("{\"type\":\"worktree-state\",\"worktreePath\":\"/x\"}")
                .turn("two \u00e9\ud83d\ude00")
                .line("{\"type\":\"attachment\",\"attachment\":{\"type\":\"session_cron_carry\",\"tasks\":[]}}")
                .turn("three")
                .bytes();
        Path file = temp.resolve("transcript.jsonl");
        Fuzz.run(random -> {
            byte[] bytes = Fuzz.mutated(good, PIECES, random);
            Payload payload = BytesPayload.of(bytes).inChunksOf(1 + random.nextInt(300));
            FactsReader.of(payload);
            TranscriptSummary.of(payload);
            ResumeCheck.of(payload);
            Payload harmless =
                    Travelling.of(payload, Travelling.Unknown.LEFT_OUT).records();
            byte[] rest = BytesPayload.read(harmless);
            assertThat(rest).hasSize((int) harmless.size());
            assertThat(Travelling.of(BytesPayload.of(rest), Travelling.Unknown.LEFT_OUT)
                            .prepared())
                    .isEqualTo(Changes.NOTHING);
            long from = random.nextLong(harmless.size() + 1);
            try (var in = harmless.open(from)) {
                assertThat(in.readAllBytes().length).isEqualTo((int) (harmless.size() - from));
            }
            Files.write(file, bytes);
            Payload leaving = Travelling.leaving(file).records();
            assertThat(BytesPayload.read(leaving)).hasSize((int) leaving.size());
        });
    }

    @Test
    void archives() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        SessionArchive.write(
                Bundles.of(ID, 2)
                        .with("tool-results/a.txt", new byte[] {1})
                        .with("@tasks/1.json", new byte[] {2})
                        .build(),
                archive);
        byte[] tar;
        try (var in = new GZIPInputStream(new ByteArrayInputStream(archive.toByteArray()))) {
            tar = in.readAllBytes();
        }
        Path root = Files.createDirectories(temp.resolve("unpacked"));
        Fuzz.run(random -> {
            byte[] bytes = random.nextBoolean()
                    ? Fuzz.mutated(archive.toByteArray(), PIECES, random)
                    : gzipped(Fuzz.mutated(tar, PIECES, random));
            Path folder = Files.createTempDirectory(root, "one");
            try {
                Map<EntryName, Payload> payloads =
                        SessionArchive.unpack(new ByteArrayInputStream(bytes), ID, folder, "the test");
                payloads.keySet().forEach(this::requireInside);
            } catch (Failure refused) {
                assertThat(refused.exitCode()).isEqualTo(ExitCode.DAMAGED);
            }
            try (Stream<Path> all = Files.walk(temp)) {
                assertThat(all.filter(Files::isRegularFile)).allMatch(found -> found.startsWith(folder));
            }
            PathBelow.remove(folder);
        });
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void planHeaders() {
        String body = """
                Words before.
                <!-- WARNING: Machine-generated. Manual edits may break erk tooling. -->
                <!-- erk:metadata-block:plan-header -->
                <details>
                <summary><code>plan-header</code></summary>

                ```yaml
                schema_version: '2'
                created_by: octocat
                last_session_id: 7c53d351-013c-4308-a705-3cc3387680a2
                last_session_at: '2026-11-21T10:00:00Z'
                last_session_source: remote
                ```

                </details>
                <!-- /erk:metadata-block:plan-header -->
                Words behind.
                """;
        assertThat(PlanBody.read(body)).isPresent();
        Fuzz.run(random -> {
            String text = new String(Fuzz.mutated(body.getBytes(UTF_8), PIECES, random), UTF_8);
            try {
                PlanBody.read(text).ifPresent(PlanBody::lastSession);
            } catch (Failure refused) {
                assertThat(refused.exitCode()).isNotEqualTo(ExitCode.OUR_BUG);
            }
        });
    }

    @Test
    void keysAndSignatures() {
        List<String> seeds = List.of(
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz1HwHReFVvD5obVsALAgJRNarH4TRpNePnAS me",
                "me namespaces=\"git\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKSUTyz1HwHReFVvD5obVsALAgJRNarH4TRpNePnAS",
                """
                -----BEGIN OPENSSH PRIVATE KEY-----
                b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gt
                -----END OPENSSH PRIVATE KEY-----
                """,
                """
                -----BEGIN SSH SIGNATURE-----
                U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgY8pJRPLPUfAdF4VW8Pmh
                -----END SSH SIGNATURE-----
                """);
        Fuzz.run(random -> {
            String text = new String(
                    Fuzz.mutated(seeds.get(random.nextInt(seeds.size())).getBytes(UTF_8), PIECES, random), UTF_8);
            AllowedSigners.parse(text);
            requireWords(() -> SshPublicKey.parse(text));
            requireWords(() -> SshPrivateKey.parse(text));
            requireWords(() -> SshSignature.parse(text).isOf(new byte[0]));
        });
    }

    private static void requireWords(Runnable parsing) {
        try {
            parsing.run();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Test
    void titles() {
        Fuzz.run(random -> {
            String shown = SafeText.of(new String(Fuzz.mutated("a title".getBytes(UTF_8), PIECES, random), UTF_8), 80);
            assertThat(shown.codePoints())
                    .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        });
    }
}
