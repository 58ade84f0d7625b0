package dev.sessionrelay.action.runner;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The inputs as the runner hands them over: {@code session-id} is the variable {@code INPUT_SESSION-ID}. Some shells
 * and tools can only pass on {@code INPUT_SESSION_ID}, so that is read too. An empty input is one that was not given.
 */
public record GivenInputs(Map<String, String> environment) {

    public Optional<String> text(String name) {
        String variable = "INPUT_" + name.toUpperCase(Locale.ROOT);
        String value = environment.getOrDefault(variable, "");
        if (value.isBlank()) {
            value = environment.getOrDefault(variable.replace('-', '_'), "");
        }
        return Optional.of(value.strip()).filter(text -> !text.isEmpty());
    }

    /** A text of one line. */
    Optional<String> line(String name) {
        Optional<String> text = text(name);
        if (text.isPresent() && text.get().chars().anyMatch(Character::isISOControl)) {
            throw Failure.badInput(
                    "input " + name + " has a line break or another control character in it", "give it in one line");
        }
        return text;
    }

    public List<String> lines(String name) {
        return text(name).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** One of the enum's values, as the user writes them: {@code keep-both}. */
    <E extends Enum<E>> E choice(String name, E otherwise) {
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        List<String> allowed = Arrays.stream(all).map(GivenInputs::word).toList();
        return text(name)
                .map(given -> {
                    int index = allowed.indexOf(given);
                    if (index < 0) {
                        throw refusal(name, given, String.join(", ", allowed));
                    }
                    return all[index];
                })
                .orElse(otherwise);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As YAML 1.2 writes them, and the runner's own actions read them. */
    boolean flag(String name, boolean otherwise) {
        return text(name)
                .map(given -> switch (given) {
                    case "true", "True", "TRUE" -> true;
                    case "false", "False", "FALSE" -> false;
                    default -> throw refusal(name, given, "true, false");
                })
                .orElse(otherwise);
    }

    /** An input that something else knows how to read; its refusal then names the input too. */
    <T> Optional<T> parsed(String name, Function<String, T> reader) {
        return text(name).map(given -> {
            try {
                return reader.apply(given);
            } catch (Failure refused) {
                throw Failure.badInput("input " + name + ": " + refused.getMessage(), refused.next());
            }
        });
    }

    static Failure refusal(String name, String given, String allowed) {
        return Failure.badInput(
                "input " + name + " is \"" + SafeText.of(given, 80) + "\", which it cannot be",
                "allowed for " + name + ": " + allowed);
    }

    /** The environment may hold a token. */
    @Override
    public String toString() {
        return "the inputs";
    }
}
