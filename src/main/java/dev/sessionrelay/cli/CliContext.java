package dev.sessionrelay.cli;

import dev.sessionrelay.process.ShutdownGrace;
import dev.sessionrelay.text.mask.MaskedStream;
import dev.sessionrelay.text.mask.Masks;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Everything a command needs of the process it runs in, so that a test can give it another. */
public record CliContext(
        Map<String, String> environment,
        Path workingFolder,
        PrintStream out,
        PrintStream err,
        Clock clock,
        ShutdownGrace interruption) {

    public CliContext(
            Map<String, String> environment, Path workingFolder, PrintStream out, PrintStream err, Clock clock) {
        this(environment, workingFolder, out, err, clock, ShutdownGrace.none());
    }

    public static CliContext ofThisProcess() {
        PrintStream err = stream(FileDescriptor.err);
        return new CliContext(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                stream(FileDescriptor.out),
                err,
                Clock.systemUTC(),
                ShutdownGrace.ofThisProcess(System::exit, text -> err.println("session-relay: " + text)));
    }

    /** The same, where nobody sees what is not to be shown. */
    CliContext masked(Masks masks) {
        return new CliContext(
                environment,
                workingFolder,
                MaskedStream.around(out, masks),
                MaskedStream.around(err, masks),
                clock,
                interruption);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** How the user called the program, for the lines that say what to type next. */
    String command() {
        String named = environment.getOrDefault("SESSION_RELAY_COMMAND", "");
        return named.isBlank() ? "session-relay" : named;
    }
}
