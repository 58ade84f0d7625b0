package dev.sessionrelay.journey;

/** One turn that has every kind of part a conversation can have, and the proof that the model is told each of them. */
final class AllKinds {
    static final String PROMPT = """
            alpha-prompt-1 @@[
              [{"thinking":"alpha-thought-1"},
               {"text":"alpha-says"},
               {"tool":"Bash","input":{"command":"echo left-$((6*7))","description":"one of two at once"}},
               {"tool":"Bash","input":{"command":"echo right-$((6*8))","description":"the other"}}],
              {"tool":"Agent","input":{"description":"delegated","prompt":"please MOCK#sub",
                                       "subagent_type":"general-purpose","run_in_background":false}},
              {"tool":"Bash","input":{"command":"seq 1 30000","description":"a large output"}},
              [{"thinking":"alpha-thought-2"}, {"text":"alpha-answer-1"}]]@@
            """;

    private AllKinds() {}

    static void areIn(ModelRequest sent, String where, Checks checks, ClaudeCli claude) {
        checks.remembers(where + ": the prompt", sent.prompts(), "alpha-prompt-1");
        checks.remembers(where + ": the thinking", sent.thinking(), "alpha-thought-1", "alpha-thought-2");
        checks.remembers(where + ": what was said before a tool", sent.answers(), "alpha-says");
        checks.remembers(where + ": the tools' inputs", sent.toolInputs(), "echo right", "please MOCK#sub", "seq 1");
        checks.remembers(where + ": a tool's output", sent.toolOutputs(), "right-48");
        if (!claude.forgetsParallelTools()) {
            checks.remembers(where + ": the output of the tool beside it", sent.toolOutputs(), "left-42");
        }
        checks.remembers(where + ": the subagent's result", sent.toolOutputs(), "subagent-result");
        checks.remembers(where + ": the large output's beginning", sent.toolOutputs(), "\n2\n3\n4\n");
        checks.remembers(where + ": the answer", sent.answers(), "alpha-answer-1");
    }
}
