package dev.sessionrelay.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One session that several machines go on with. */
final class Several {
    private static final String TURN = """
            NAME-prompt @@[
              [{"thinking":"NAME-thought"},
               {"tool":"Bash","input":{"command":"echo NAME-$((6*7))","description":"work"}}],
              {"text":"NAME-answer"}]@@
            """;
    private static final String DELEGATING = """
            NAME-prompt @@[
              {"tool":"Bash","input":{"command":"echo NAME-$((6*7))","description":"work"}},
              {"tool":"Agent","input":{"description":"delegated","prompt":"please MOCK#sub",
                                       "subagent_type":"general-purpose","run_in_background":false}},
              {"text":"NAME-answer"}]@@
            """;

    private final ClaudeCli claude;
    private final Path folder;
    private final String store;
    private final Checks checks;
    private String id;

    Several(ClaudeCli claude, Path folder) {
        this.claude = claude;
        this.folder = folder;
        this.store = "folder:" + folder.resolve("store");
        this.checks = new Checks("merge " + claude.version());
    }

    static String turn(String name) {
        return TURN.replace("NAME", name);
    }

    static String delegating(String name) {
        return DELEGATING.replace("NAME", name);
    }

    Checks checks() {
        return checks;
    }

    String id() {
        return id;
    }

    ClaudeCli claude() {
        return claude;
    }

    void record() throws IOException, InterruptedException {
        record(turn("sigma"));
    }

    void recordWithSubagent() throws IOException, InterruptedException {
        record(delegating("sigma"));
    }

    private void record(String prompt) throws IOException, InterruptedException {
        Machine machine = Machine.in(folder, "origin/home", "origin/work");
        id = claude.begin(machine, prompt);
        new Relay(machine, store).save("--session-id", id, "--key", "shared");
    }

    /** A machine that has got the session as it is in the store now. */
    Writer writer(String name) throws IOException, InterruptedException {
        Machine machine = Machine.in(folder, name + "/home", name + "/work");
        var relay = new Relay(machine, store);
        relay.restore("--key", "shared");
        return new Writer(this, machine, relay);
    }

    void remembers(String where, ModelRequest sent, String... names) {
        for (String name : names) {
            checks.remembers(where + ": the prompt of " + name, sent.prompts(), name + "-prompt");
            checks.remembers(where + ": its tool's output", sent.toolOutputs(), name + "-42");
            checks.remembers(where + ": its answer", sent.answers(), name + "-answer");
        }
    }

    void remembersInOrder(String where, ModelRequest sent, String... names) {
        remembers(where, sent, names);
        var order = new ArrayList<String>();
        for (String prompt : sent.prompts()) {
            List.of(names).stream()
                    .filter(name -> prompt.contains(name + "-prompt"))
                    .forEach(order::add);
        }
        assertThat(order).as(checks.check(where + ": in this order")).containsExactly(names);
    }

    String agentOf(SessionOnDisk session) throws IOException {
        String sent = "please MOCK#sub";
        for (Path file : session.under("subagents")) {
            String name = file.getFileName().toString();
            if (name.endsWith(".jsonl") && java.nio.file.Files.readString(file).contains(sent)) {
                String agent = name.substring("agent-".length(), name.length() - ".jsonl".length());
                if (isOfOrigin(name)) {
                    return agent;
                }
            }
        }
        throw new AssertionError("no subagent that all have");
    }

    private boolean isOfOrigin(String file) throws IOException {
        SessionOnDisk origin = SessionOnDisk.in(folder.resolve("origin/home"), id);
        return origin.under("subagents").stream()
                .anyMatch(path -> path.getFileName().toString().equals(file));
    }
}
