package dev.sessionrelay.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a header in their order, each with the lines that it was written in. */
public final class Fields {
    private static final Pattern START = Pattern.compile("([A-Za-z_][A-Za-z0-9_-]*):(?:[ \\t](.*))?", Pattern.DOTALL);

    static final Fields NONE = new Fields(List.of());

    private final List<Field> fields;

    private Fields(List<Field> fields) {
        this.fields = List.copyOf(fields);
    }

    /** @param lines as they stand in the body, without the last line's end */
    record Field(String key, String lines) {
        String written() {
            return lines.substring(key.length() + 1);
        }
    }

    /** Empty where this is no mapping of fields to values. */
    static Optional<Fields> read(String yaml) {
        List<Field> fields = new ArrayList<>();
        String key = "";
        StringBuilder lines = new StringBuilder();
        for (String line : yaml.split("\\n", -1)) {
            String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            Matcher start = START.matcher(bare);
            if (start.matches()) {
                add(key, lines, fields);
                key = start.group(1);
                lines = new StringBuilder(bare);
            } else if (!key.isEmpty() && (bare.isBlank() || isContinued(bare))) {
                lines.append('\n').append(bare);
            } else if (!bare.isBlank()) {
                return Optional.empty();
            }
        }
        add(key, lines, fields);
        return fields.isEmpty() ? Optional.empty() : Optional.of(new Fields(fields));
    }

    private static void add(String key, StringBuilder lines, List<Field> fields) {
        if (!key.isEmpty()) {
            fields.add(new Field(key, lines.toString()));
        }
    }

    private static boolean isContinued(String line) {
        return line.startsWith(" ") || line.startsWith("\t") || line.startsWith("- ") || line.startsWith("#");
    }

    boolean has(String key) {
        return field(key).isPresent();
    }

    List<String> keys() {
        return fields.stream().map(Field::key).toList();
    }

    Optional<Field> field(String key) {
        return fields.stream().filter(field -> field.key().equals(key)).findFirst();
    }

    /** The value as text; empty where there is none, or null. */
    public Optional<String> text(String key) {
        return field(key).flatMap(field -> Scalar.read(field.written()));
    }

    /** Fields that are there keep their place, new ones go to the end. */
    Fields with(Map<String, String> values, List<String> without) {
        List<Field> changed = new ArrayList<>();
        for (Field field : fields) {
            if (values.containsKey(field.key())) {
                changed.add(written(field.key(), values.get(field.key())));
            } else if (!without.contains(field.key())) {
                changed.add(field);
            }
        }
        values.forEach((key, value) -> {
            if (!has(key)) {
                changed.add(written(key, value));
            }
        });
        return new Fields(changed);
    }

    private static Field written(String key, String value) {
        return new Field(key, key + ": " + Scalar.write(value));
    }

    /** Whether a change would change nothing. */
    boolean says(Map<String, String> values, List<String> without) {
        return values.entrySet().stream().allMatch(value -> text(value.getKey()).equals(Optional.of(value.getValue())))
                && without.stream().noneMatch(this::has);
    }

    String write() {
        return String.join("\n", fields.stream().map(Field::lines).toList()).stripTrailing();
    }
}
