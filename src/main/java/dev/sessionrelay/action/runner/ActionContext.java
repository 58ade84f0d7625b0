package dev.sessionrelay.action.runner;

import dev.sessionrelay.git.checkout.NearCheckout;
import dev.sessionrelay.process.ShutdownGrace;
import dev.sessionrelay.text.mask.Masks;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that the action needs of the runner that started it, so that a test can give it another. */
public record ActionContext(
        Map<String, String> environment, PrintStream out, Clock clock, Path dockerSocket, ShutdownGrace interruption) {
    public ActionContext {
        environment = Map.copyOf(environment);
    }

    public static ActionContext ofThisProcess() {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        return new ActionContext(
                System.getenv(),
                out,
                Clock.systemUTC(),
                Path.of("/var/run/docker.sock"),
                ShutdownGrace.ofThisProcess(System::exit, out::println));
    }

    /** What is not to be shown of what this runner gave. */
    public Masks masks() {
        List<String> origin = variable("GITHUB_WORKSPACE").map(Path::of).map(NearCheckout::of).stream()
                .flatMap(checkout -> checkout.originUrl().stream())
                .toList();
        return Masks.of(environment, List.of(), origin);
    }

    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
