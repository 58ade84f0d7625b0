package dev.sessionrelay.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** One session on its way from a laptop to a runner and back. Its steps are to be taken in their order. */
final class Journey {
    private static final String SECOND = """
            alpha-prompt-2 @@[{"text":"alpha-answer-2"}]@@
            """;
    private static final String ELSEWHERE = """
            beta-prompt @@[
              [{"thinking":"beta-thought"},
               {"tool":"Bash","input":{"command":"echo beta-$((6*9))","description":"on the other machine"}}],
              {"text":"beta-answer"}]@@
            """;
    private static final String TO_SUBAGENT = """
            beta-asks-again @@[
              {"tool":"SendMessage","input":{"to":"AGENT","summary":"go on","message":"go on MOCK#again"}},
              {"text":"beta-asked"}]@@
            """;
    private static final String AT_HOME = """
            gamma-prompt @@[{"text":"gamma-answer"}]@@
            """;

    private final Checks checks;
    private final ClaudeCli claude;
    private final Machine laptop;
    private final Machine runner;
    private final Relay laptopRelay;
    private final Relay runnerRelay;

    private String id;
    private Relay.Answer saved;
    private Map<String, String> recorded;
    private Map<String, String> continued;

    Journey(ClaudeCli claude, Path folder) throws IOException {
        this.checks = new Checks(claude.version());
        this.claude = claude;
        this.laptop = Machine.in(folder, "laptop/home", "laptop/home/projects/alpha");
        this.runner = Machine.in(folder, "runner/home", "runner/work/alpha/alpha");
        String store = "folder:" + folder.resolve("store");
        this.laptopRelay = new Relay(laptop, store);
        this.runnerRelay = new Relay(runner, store);
    }

    Checks checks() {
        return checks;
    }

    void recordOnTheLaptopAndSave() throws IOException, InterruptedException {
        id = claude.begin(laptop, AllKinds.PROMPT);
        claude.resume(laptop, id, SECOND);
        SessionOnDisk session = laptop.session(id);
        session.age(FileTime.from(Instant.now().minus(Duration.ofDays(20))));
        recorded = session.portable();

        saved = laptopRelay.save("--key", "pr-12");
        assertThat(saved.outcome()).as(checks.check("the first save saves")).isEqualTo("saved");
        assertThat(saved.text("session_id"))
                .as(checks.check("save finds the session of this folder by itself"))
                .isEqualTo(id);
        assertThat(saved.bytes())
                .as(checks.check("save counts the bytes of the whole session"))
                .isEqualTo(size(recorded));
        assertThat(saved.bytesWritten())
                .as(checks.check("the first save writes all of it"))
                .isBetween(saved.bytes() / 2, saved.bytes() * 2);
    }

    void restoreOnTheRunner() throws IOException, InterruptedException {
        Instant before = Instant.now();
        Relay.Answer placed = runnerRelay.restoreRef(saved.text("ref"));
        SessionOnDisk session = runner.session(id);
        assertThat(placed.outcome()).as(checks.check("restore places it")).isEqualTo("placed");
        assertThat(placed.text("resume_command"))
                .as(checks.check("restore names the command that resumes"))
                .isEqualTo("claude --resume " + id);
        assertThat(Path.of(placed.text("session_file")))
                .as(checks.check("restore names the transcript"))
                .isEqualTo(session.transcript());
        assertThat(placed.text("digest"))
                .as(checks.check("restore has the digest of the save"))
                .isNotEmpty()
                .isEqualTo(saved.text("digest"));
        assertSameFiles(checks.check("every byte of what travels arrives"), session, recorded);
        assertThat(Files.readString(session.transcript()))
                .as(checks.check("the CLI's log of its requests stays behind"))
                .doesNotContain("{\"type\":\"api-request")
                .doesNotContain("prompt_snapshot");
        assertPrivateAndNew(session, before);
        if (claude.keepsLargeOutputs()) {
            assertThat(session.under("tool-results"))
                    .as(checks.check("the large output's file arrives whole"))
                    .singleElement()
                    .satisfies(file -> assertThat(Files.readString(file))
                            .contains("\n15000\n")
                            .contains("\n30000"));
        }
    }

    /** This is what it is all for. */
    void resumeOnTheRunner() throws IOException, InterruptedException {
        SessionOnDisk session = runner.session(id);
        byte[] placed = session.bytes();
        claude.resume(runner, id, ELSEWHERE);
        assertRemembersTheLaptop("on the runner", claude.model().firstAfter("beta-prompt"));
        assertAppended(checks.check("the CLI appends to the restored file"), placed, session.bytes());
        if (claude.continuesSubagents()) {
            claude.resume(runner, id, TO_SUBAGENT.replace("AGENT", agentOf(session)));
            ModelRequest subagent = claude.model().firstOfSubagentAfter("go on MOCK#again");
            checks.remembers("the subagent goes on with its tool's output", subagent.toolOutputs(), "ran-42");
            checks.remembers("the subagent goes on with its answer", subagent.answers(), "subagent-result");
        }
    }

    void saveOnlyWhatIsNew() throws IOException, InterruptedException {
        continued = runner.session(id).portable();
        long growth = size(continued) - size(recorded);
        Relay.Answer again = runnerRelay.save("--key", "pr-12");
        assertThat(again.outcome())
                .as(checks.check("the continuation is saved"))
                .isEqualTo("saved");
        assertThat(again.bytes())
                .as(checks.check("the second save counts the whole session"))
                .isEqualTo(size(continued));
        assertThat(again.bytesWritten())
                .as(checks.check("the second save writes only what is new, and a manifest"))
                .isBetween(growth, growth + 4096)
                .isLessThan(again.bytes() / 4);
        assertThat(runnerRelay.save("--key", "pr-12").outcome())
                .as(checks.check("saving the same once more changes nothing"))
                .isEqualTo("unchanged");
    }

    /** The laptop still has the beginning, and gets the rest. */
    void bringBackToTheLaptop() throws IOException, InterruptedException {
        SessionOnDisk session = laptop.session(id);
        byte[] before = session.bytes();
        Relay.Answer appended = laptopRelay.restore("--key", "pr-12");
        assertThat(appended.outcome())
                .as(checks.check("back on the laptop it is appended"))
                .isEqualTo("appended");
        assertAppended(checks.check("the laptop's own bytes stay"), before, session.bytes());
        assertThat(session.bytes().length - before.length)
                .as(checks.check("the laptop's transcript grows by exactly the runner's lines"))
                .isEqualTo(transcriptSize(continued) - transcriptSize(recorded));
        assertSameFiles(checks.check("the laptop has all that the runner had"), session, continued);
        assertThat(laptopRelay.restore("--key", "pr-12").outcome())
                .as(checks.check("restoring the same once more changes nothing"))
                .isEqualTo("unchanged");
    }

    void resumeOnTheLaptop() throws IOException, InterruptedException {
        claude.resume(laptop, id, AT_HOME);
        ModelRequest sent = claude.model().firstAfter("gamma-prompt");
        assertRemembersTheLaptop("back on the laptop", sent);
        checks.remembers("back on the laptop: the runner's prompt", sent.prompts(), "beta-prompt");
        checks.remembers("back on the laptop: the runner's thinking", sent.thinking(), "beta-thought");
        checks.remembers("back on the laptop: the runner's tool output", sent.toolOutputs(), "beta-54");
        checks.remembers("back on the laptop: the runner's answer", sent.answers(), "beta-answer");
        if (claude.continuesSubagents()) {
            checks.remembers("back on the laptop: the subagent's second word", sent.prompts(), "subagent-continued");
        }
        assertThat(claude.model().refusals())
                .as(checks.check("on the whole way no thinking block was altered"))
                .isEmpty();
    }

    private void assertRemembersTheLaptop(String where, ModelRequest sent) {
        AllKinds.areIn(sent, where, checks, claude);
        checks.remembers(where + ": the second prompt", sent.prompts(), "alpha-prompt-2");
        checks.remembers(where + ": the second answer", sent.answers(), "alpha-answer-2");
    }

    private static void assertSameFiles(String check, SessionOnDisk session, Map<String, String> expected)
            throws IOException {
        Map<String, String> found = session.portable();
        assertThat(found.keySet()).as(check).isEqualTo(expected.keySet());
        for (String name : expected.keySet()) {
            // Not isEqualTo: nobody wants to read both in full.
            assertThat(Arrays.mismatch(bytes(expected, name), bytes(found, name)))
                    .as("%s (%s): the first byte that differs", check, name)
                    .isEqualTo(-1);
        }
    }

    /** What others can read should not be there, and what looks old is swept by the CLI's next start. */
    private void assertPrivateAndNew(SessionOnDisk session, Instant before) throws IOException {
        String files = checks.check("files are the user's alone (0600)");
        String times = checks.check("files are as new as the restore");
        for (Path file : session.files()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as("%s: %s", files, file)
                    .isEqualTo("rw-------");
            assertThat(Files.getLastModifiedTime(file).toInstant())
                    .as("%s: %s", times, file)
                    .isAfterOrEqualTo(before.minusSeconds(1));
        }
        String folders = checks.check("folders are the user's alone (0700)");
        for (Path folder : session.folders()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .as("%s: %s", folders, folder)
                    .isEqualTo("rwx------");
        }
    }

    private static void assertAppended(String check, byte[] before, byte[] after) {
        assertThat(Arrays.mismatch(before, after))
                .as("%s: the first byte that differs (of %d, now %d)", check, before.length, after.length)
                .isEqualTo(before.length);
    }

    private static String agentOf(SessionOnDisk session) throws IOException {
        return session.under("subagents").stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".jsonl"))
                .map(name -> name.substring("agent-".length(), name.length() - ".jsonl".length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no subagent's transcript in " + session.folder()));
    }

    private int transcriptSize(Map<String, String> files) {
        return bytes(files, id + ".jsonl").length;
    }

    private static long size(Map<String, String> files) {
        return files.keySet().stream()
                .mapToLong(name -> bytes(files, name).length)
                .sum();
    }

    private static byte[] bytes(Map<String, String> files, String name) {
        return requireNonNull(files.get(name)).getBytes(StandardCharsets.UTF_8);
    }
}
