package dev.sessionrelay.cli;

import picocli.AutoComplete;

final class CompletionCommand {
    private final CliContext world;
    private final Command verb = new Command("Prints a completion script for bash and zsh.", this::call)
            .examples("  source <(session-relay completion)");

    CompletionCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() {
        world.out().print(AutoComplete.bash("session-relay", verb.spec().root().commandLine()));
        return 0;
    }
}
