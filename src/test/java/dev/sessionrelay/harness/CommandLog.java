package dev.sessionrelay.harness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the runner makes of the lines that a step prints: commands are carried out, the rest is the log. Both output and
 * error stream are read.
 */
final class CommandLog {

    /** {@code ::name key=value,…::data}, unescaped. */
    record Command(String name, Map<String, String> properties, String data) {
        String title() {
            return properties.getOrDefault("title", "");
        }
    }

    private static final Set<String> KNOWN = Set.of(
            "add-mask",
            "add-matcher",
            "add-path",
            "debug",
            "echo",
            "endgroup",
            "error",
            "group",
            "notice",
            "remove-matcher",
            "save-state",
            "set-env",
            "set-output",
            "stop-commands",
            "warning");

    private final List<String> shown = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final Set<String> masks = new LinkedHashSet<>();
    private Optional<String> stopped = Optional.empty();

    CommandLog(Iterable<String> lines) {
        lines.forEach(this::take);
    }

    /** Every command that was carried out, in order. */
    List<Command> commands() {
        return commands;
    }

    List<Command> commands(String name) {
        return commands.stream().filter(command -> command.name().equals(name)).toList();
    }

    Set<String> masks() {
        return masks;
    }

    /** What a reader of the job's log sees. */
    String text() {
        String text = String.join("\n", shown);
        for (String mask : masks) {
            text = text.replace(mask, "***");
        }
        return text;
    }

    /** Whether commands are being carried out again, or for the first time, at the end. */
    boolean isListening() {
        return stopped.isEmpty();
    }

    private void take(String line) {
        Optional<Command> command = parseNew(line.stripLeading()).or(() -> parseOld(line));
        if (command.isEmpty()) {
            shown.add(line);
        } else if (stopped.isPresent()) {
            shown.add(line);
            stopped = stopped.filter(token -> !isCalled(token, command.get()));
        } else if (isCalled("stop-commands", command.get())) {
            shown.add(line);
            stopped = Optional.of(command.get().data());
        } else {
            carryOut(command.get());
        }
    }

    private boolean isRegistered(Command command) {
        return KNOWN.contains(command.name().toLowerCase(Locale.ROOT))
                || stopped.filter(token -> isCalled(token, command)).isPresent();
    }

    private static boolean isCalled(String name, Command command) {
        return command.name().equalsIgnoreCase(name);
    }

    private void carryOut(Command command) {
        commands.add(command);
        switch (command.name().toLowerCase(Locale.ROOT)) {
            case "add-mask" ->
                command.data().lines().filter(part -> !part.isBlank()).forEach(masks::add);
            case "endgroup", "debug" -> {}
            default -> shown.add(command.title() + " " + command.data());
        }
    }

    private Optional<Command> parseNew(String line) {
        int end = line.startsWith("::") ? line.indexOf("::", 2) : -1;
        if (end < 0) {
            return Optional.empty();
        }
        String data = line.substring(end + 2);
        return Optional.of(command(line.substring(2, end), ',', unescape(data))).filter(this::isRegistered);
    }

    /** The legacy form, which the runner finds anywhere in a line. */
    private Optional<Command> parseOld(String line) {
        int begin = line.indexOf("##[");
        int end = begin < 0 ? -1 : line.indexOf(']', begin);
        if (end < 0) {
            return Optional.empty();
        }
        return Optional.of(command(line.substring(begin + 3, end), ';', line.substring(end + 1)))
                .filter(this::isRegistered);
    }

    private static Command command(String head, char separator, String data) {
        int space = head.indexOf(' ');
        var properties = new HashMap<String, String>();
        if (space >= 0) {
            for (String pair : head.substring(space + 1).split(String.valueOf(separator), -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    properties.put(pair.substring(0, equals).strip(), unescapeProperty(pair.substring(equals + 1)));
                }
            }
        }
        return new Command(space < 0 ? head : head.substring(0, space), properties, data);
    }

    private static String unescapeProperty(String text) {
        return unescape(text.replace("%3A", ":").replace("%2C", ","));
    }

    private static String unescape(String text) {
        return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    }
}
