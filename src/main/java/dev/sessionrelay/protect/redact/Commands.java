package dev.sessionrelay.protect.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The commands that are given a secret as an argument whose name does not say so, and how. An option ends in {@code +}
 * when its value is attached to it ({@code mysql -pX}), in {@code @} or {@code %} when the value is a user and, behind
 * such a sign or a colon, a password; {@code #3} is the third argument that is not an option, {@code #-1} the last one.
 * A word before the options must be among the arguments.
 */
final class Commands {
    private static final Map<String, List<SecretCommand>> ALL = new TreeMap<>();

    /** @param word an argument without which it is another command, or empty */
    record SecretCommand(String word, List<String> options) {}

    static {
        WordLists.lines("commands.txt").forEach(line -> {
            int colon = line.indexOf(": ");
            List<String> options =
                    new ArrayList<>(List.of(line.substring(colon + 2).split(" ", -1)));
            boolean condition = options.size() > 1
                    && !options.getFirst().startsWith("#")
                    && (!options.getFirst().startsWith("-") || options.get(1).startsWith("#"));
            String word = condition && !options.getFirst().startsWith("/") ? options.removeFirst() : "";
            for (String name : line.substring(0, colon).split(" ", -1)) {
                ALL.computeIfAbsent(name, _ -> new ArrayList<>()).add(new SecretCommand(word, List.copyOf(options)));
            }
        });
    }

    private Commands() {}

    static Iterable<String> names() {
        return ALL.keySet();
    }

    static @Nullable List<SecretCommand> of(String name) {
        return ALL.get(name);
    }
}
