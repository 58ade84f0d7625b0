package dev.sessionrelay.cli;

import dev.sessionrelay.relay.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class VersionText implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"session-relay " + ProgramVersion.number()};
    }
}
