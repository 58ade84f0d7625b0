package dev.sessionrelay.cli;

import dev.sessionrelay.flow.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"session-relay " + ProgramVersion.number()};
    }
}
