package dev.sessionrelay.action.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.process.ShutdownSteps;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folders and files of the host, bound into a helper container that is created and never started: nothing runs in it.
 * The engine makes a folder that is not there yet, as root. Closing removes the helper, and so does the process when
 * it is told to end.
 *
 * <p>What is bound as {@code x} is reached as {@code x/…}.
 */
public final class HostFolders implements Closeable {
    private static final String ROOT = "/relay/";

    private final Engine engine;
    private final String helper;
    private final ShutdownSteps.Step atEnd;

    private HostFolders(Engine engine, String helper) {
        this.engine = engine;
        this.helper = helper;
        this.atEnd = ShutdownSteps.with(this::remove);
    }

    /** How a folder of the host is bound. */
    public record Binding(String hostPath, boolean readOnly) {}

    public static HostFolders bind(Engine engine, String image, Map<String, Binding> bindings) throws IOException {
        ObjectNode container = JsonNodeFactory.instance.objectNode();
        container.put("Image", image);
        container.putArray("Entrypoint").add("/never/started");
        container.putObject("Labels").put("dev.sessionrelay.helper", "true");
        ObjectNode host = container.putObject("HostConfig");
        host.put("NetworkMode", "none");
        ArrayNode binds = host.putArray("Binds");
        bindings.forEach((name, binding) ->
                binds.add(binding.hostPath() + ":" + ROOT + name + (binding.readOnly() ? ":ro" : "")));
        String id =
                engine.json("POST", "/containers/create", container).path("Id").asText();
        return new HostFolders(engine, id);
    }

    /** Called for each entry of a tar, in its order. */
    @FunctionalInterface
    public interface Visitor {
        void visit(TarEntry entry, HostContent content) throws IOException;
    }

    /** Writes the content of the entry at hand. What is not asked for is passed over. */
    @FunctionalInterface
    public interface HostContent {
        void copyTo(OutputStream out) throws IOException;
    }

    /** What is at this path itself: a link is not followed. */
    public Optional<TarEntry> look(String path) throws IOException {
        try (EngineAnswer answer = engine.open(archive(path))) {
            return new TarInput(answer.body()).next();
        } catch (EngineError e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Visits what is at this path and below; names begin with the path's last part. False when nothing is there. */
    public boolean visit(String path, Visitor visitor) throws IOException {
        try (EngineAnswer answer = engine.open(archive(path))) {
            TarInput tar = new TarInput(answer.body());
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                visitor.visit(entry.get(), tar::copyTo);
            }
            return true;
        } catch (EngineError e) {
            if (e.isMissing()) {
                return false;
            }
            throw e;
        }
    }

    /** A folder, or a file with its content on this machine. */
    public record HostItem(TarEntry entry, Optional<Path> content) {
        public static HostItem folder(String path, int uid, int gid) {
            return new HostItem(TarEntry.folder(path, uid, gid), Optional.empty());
        }

        public static HostItem file(String path, Path content, int uid, int gid) throws IOException {
            return new HostItem(TarEntry.file(path, Files.size(content), uid, gid), Optional.of(content));
        }
    }

    /** Puts the items in their order. Each belongs to whom its entry says, and only its owner may read it. */
    public void put(List<HostItem> items) throws IOException {
        engine.send("PUT", archive("") + "&copyUIDGID=true&noOverwriteDirNonDir=true", out -> {
            TarOutput tar = new TarOutput(out);
            for (HostItem item : items) {
                if (item.content().isEmpty()) {
                    tar.folder(item.entry());
                    continue;
                }
                try (InputStream content = PlainFile.open(item.content().get())) {
                    tar.file(item.entry(), content);
                }
            }
            tar.end();
        });
    }

    private String archive(String path) {
        return "/containers/" + helper + "/archive?path=" + URLEncoder.encode(ROOT + path, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        try {
            atEnd.close();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void remove() {
        try {
            engine.send("DELETE", "/containers/" + helper + "?force=true&v=true", null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
