package dev.sessionrelay.cli;

import picocli.AutoComplete;

final class CompletionCommand {
    private final World world;
    private final Verb verb = new Verb("Prints a completion script for bash and zsh.", this::call)
            .examples("  source <(session-relay completion)");

    CompletionCommand(World world) {
        this.world = world;
    }

    Verb verb() {
        return verb;
    }

    private int call() {
        world.out().print(AutoComplete.bash("session-relay", verb.spec().root().commandLine()));
        return 0;
    }
}
