package dev.sessionrelay.journey;

import java.io.IOException;

/** One of several machines that go on with the same session. */
record Writer(Several several, Machine machine, Relay relay) {
    void goOn(String name) throws IOException, InterruptedException {
        tell(Several.turn(name));
    }

    void delegate(String name) throws IOException, InterruptedException {
        tell(Several.delegating(name));
    }

    void tellAgent(String agent, String word) throws IOException, InterruptedException {
        tell("""
                asks-with-WORD @@[
                  {"tool":"SendMessage","input":{"to":"AGENT","summary":"go on","message":"WORD MOCK#again"}},
                  {"text":"asked"}]@@
                """.replace("AGENT", agent).replace("WORD", word));
    }

    void tell(String prompt) throws IOException, InterruptedException {
        several.claude().resume(machine, several.id(), prompt);
    }

    /** What the CLI sends when it goes on with this. */
    ModelRequest ask(String name) throws IOException, InterruptedException {
        tell(name + " @@[{\"text\":\"heard\"}]@@");
        return several.claude().model().firstAfter(name);
    }

    SessionOnDisk session() throws IOException {
        return machine.session(several.id());
    }

    Relay.Answer save() throws IOException, InterruptedException {
        return relay.save("--session-id", several.id(), "--key", "shared");
    }

    Relay.Answer restore() throws IOException, InterruptedException {
        return relay.restore("--key", "shared");
    }

    /** For a save that does not end well. */
    Program.Ended saveAnyhow() throws IOException, InterruptedException {
        return relay.attempt("save", "--session-id", several.id(), "--key", "shared");
    }
}
