package dev.sessionrelay.testing;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What some tests need beyond Java. {@code ./verify} prepares each of these. */
public enum Tool {
    /** The real {@code claude} command, in at least one version. */
    CLAUDE_CLI,
    /** A Docker engine that answers on its usual socket. */
    DOCKER,
    /** The images that the Dockerfile starts from, in that engine. */
    BASE_IMAGES,
    LIGHTTPD,
    AGE,
    GIT,
    /** Reads JSON as Claude Code does. */
    NODE,
    /** Makes keys of SSH, signs and verifies. */
    SSH_KEYGEN,
    /** GitHub's own command line. */
    GH,
    /** A stand-in for GitHub that others made. */
    GITHUB_EMULATOR,
    /** GitHub's own samples of its events. */
    GITHUB_EVENTS,
    /** To kill a process at one of its system calls. */
    STRACE,
    /** What {@code build/lint} checks workflows and action files with. */
    LINTERS,
    /** User id 0: for tests that give files to others. */
    ROOT;

    private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));
    private static final Path SOCKET = Path.of("/var/run/docker.sock");
    private static final List<String> IMAGES = List.of("debian:bookworm-slim", "eclipse-temurin:25-jdk");
    private static final Map<Tool, Optional<String>> KNOWN = new EnumMap<>(Tool.class);

    /** Why this tool cannot be used here, or empty when it can. Looked up once. */
    public Optional<String> missing() {
        synchronized (KNOWN) {
            return KNOWN.computeIfAbsent(this, Tool::look);
        }
    }

    private static Optional<String> look(Tool tool) {
        return switch (tool) {
            case CLAUDE_CLI -> noClaude();
            case DOCKER -> noDocker();
            case BASE_IMAGES -> noBaseImages();
            case LIGHTTPD, AGE, GIT, NODE, GH, STRACE -> noCommand(tool.toString());
            case SSH_KEYGEN -> noCommand("ssh-keygen");
            case LINTERS -> noLinters();
            case GITHUB_EMULATOR -> noEmulator();
            case GITHUB_EVENTS -> noEvents();
            case ROOT -> notRoot();
        };
    }

    /** The installed versions of the real CLI: their {@code claude} commands, oldest version first. */
    public static List<Path> claudeCommands() {
        Path installed = PROJECT.resolve("target/claude-cli");
        if (!Files.isDirectory(installed)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(installed)) {
            return versions.map(version -> version.resolve("node_modules/.bin/claude"))
                    .filter(Files::isExecutable)
                    .sorted((a, b) -> compareVersions(versionOf(a), versionOf(b)))
                    .map(Path::toAbsolutePath)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The version in {@code target/claude-cli/<version>/node_modules/.bin/claude}. */
    public static String versionOf(Path claudeCommand) {
        return String.valueOf(claudeCommand.getName(claudeCommand.getNameCount() - 4));
    }

    static int compareVersions(String left, String right) {
        return Version.parse(left).compareTo(Version.parse(right));
    }

    private static Optional<String> noClaude() {
        return claudeCommands().isEmpty()
                ? Optional.of("no version of the claude command under target/claude-cli")
                : Optional.empty();
    }

    private static Optional<String> noDocker() {
        return ask("/_ping") == 200 ? Optional.empty() : Optional.of("no Docker engine answers on " + SOCKET);
    }

    private static Optional<String> noBaseImages() {
        return noDocker()
                .or(() -> IMAGES.stream()
                        .filter(image -> ask("/images/" + image + "/json") != 200)
                        .findFirst()
                        .map(image -> "no local image " + image));
    }

    /** The status of a GET on the engine's socket, or 0 when nobody answers. */
    private static int ask(String path) {
        if (!Files.exists(SOCKET)) {
            return 0;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(SOCKET));
            String request = "GET " + path + " HTTP/1.0\r\nHost: docker\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            String statusLine = new String(Channels.newInputStream(channel).readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(statusLine.substring("HTTP/1.0 ".length()));
        } catch (IOException | NumberFormatException | StringIndexOutOfBoundsException e) {
            return 0;
        }
    }

    private static Optional<String> noCommand(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
        boolean found = Stream.of(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        return found ? Optional.empty() : Optional.of("no command " + name);
    }

    private static Optional<String> noLinters() {
        return Files.exists(PROJECT.resolve("target/linters/installed"))
                ? Optional.empty()
                : Optional.of("no linters under target/linters");
    }

    private static Optional<String> noEmulator() {
        return Files.exists(PROJECT.resolve("target/github-emulator/installed"))
                ? Optional.empty()
                : Optional.of("no emulator of GitHub under target/github-emulator");
    }

    private static Optional<String> noEvents() {
        return Files.exists(PROJECT.resolve("target/github-events/installed"))
                ? Optional.empty()
                : Optional.of("no samples of GitHub's events under target/github-events");
    }

    private static Optional<String> notRoot() {
        return "root".equals(System.getProperty("user.name")) ? Optional.empty() : Optional.of("this user is not root");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
