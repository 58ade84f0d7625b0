import dev.sessionrelay.cli.CommandLineFace;
import dev.sessionrelay.cli.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Does in one process what the program usually does, so that the cache learns which classes that takes. Arguments: an
 * empty folder, and the URL of a server with TLS.
 */
final class Training {
    private final Path work;

    private Training(Path work) {
        this.work = work;
    }

    public static void main(String[] given) throws Exception {
        Training training = new Training(Files.createDirectories(Path.of(given[0])));
        training.commands();
        request(URI.create(given[1]));
    }

    private void commands() throws IOException {
        expect(0, "--version");
        expect(1, "restore", "--key", "none");
        expect(0, "save", "--sample");
        expect(0, "list");
        expect(0, "restore", "--key", "sample");
        expect(0, "find", "--explain");
        expect(0, "save", "--key", "again", "--json");
        expect(0, "restore", "--key", "again", "--json");
    }

    private void expect(int status, String... arguments) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream all = new PrintStream(said, true, StandardCharsets.UTF_8);
        World world = new World(
                Map.of("HOME", work + "/home", "XDG_DATA_HOME", work + "/data"),
                Files.createDirectories(work.resolve("project")),
                all,
                all,
                Clock.systemUTC());
        int ended = CommandLineFace.run(world, arguments);
        if (ended != status) {
            throw new IllegalStateException(
                    String.join(" ", arguments) + " ended with " + ended + ": " + said.toString(StandardCharsets.UTF_8));
        }
    }

    private static void request(URI server) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(HttpRequest.newBuilder(server).build(), BodyHandlers.ofString());
        }
    }
}
