package dev.sessionrelay.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The expressions of a workflow, by GitHub's rules: names, strings, numbers, {@code !}, {@code ==}, {@code !=},
 * {@code &&}, {@code ||}, parentheses, and the functions that our examples use. What it does not know is an error.
 */
final class Expressions {
    private static final Pattern EMBEDDED = Pattern.compile("\\$\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:('(?:[^']|'')*')|(-?\\d+(?:\\.\\d+)?)|([A-Za-z_][\\w.-]*)|(&&|\\|\\||==|!=|[!(),]))");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What an expression is evaluated in. */
    interface Context {
        /** What a name such as {@code steps.memory.outputs.key} stands for; null or nothing where that is not there. */
        JsonNode value(String name);

        /** Whether all steps so far succeeded. */
        boolean succeeded();
    }

    private final Context context;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    private Expressions(String expression, Context context) {
        this.context = context;
        Matcher matcher = TOKEN.matcher(expression.strip());
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        if (end != expression.strip().length()) {
            throw new IllegalArgumentException("the harness does not know this expression: " + expression);
        }
    }

    /** A text with {@code ${{ … }}} in it, where names stand for text only. */
    static String evaluate(String text, Function<String, String> named) {
        return fill(text, new Context() {
            @Override
            public JsonNode value(String name) {
                return TextNode.valueOf(named.apply(name));
            }

            @Override
            public boolean succeeded() {
                return true;
            }
        });
    }

    /** A text with {@code ${{ … }}} in it. */
    static String fill(String text, Context context) {
        return EMBEDDED.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(asText(of(found.group(1), context))));
    }

    /** What {@code if:} says, with or without {@code ${{ }}}; without a word on success, it asks for that. */
    static boolean allows(String condition, Context context) {
        String bare = EMBEDDED.matcher(condition).replaceAll("$1");
        boolean saysWhen = Pattern.compile("\\b(?:always|success|failure|cancelled)\\(")
                .matcher(bare)
                .find();
        return (saysWhen || context.succeeded()) && isTrue(of(bare, context));
    }

    private static JsonNode of(String expression, Context context) {
        Expressions parser = new Expressions(expression, context);
        JsonNode value = parser.either();
        if (parser.at != parser.tokens.size()) {
            throw new IllegalArgumentException("the harness does not know this expression: " + expression);
        }
        return value;
    }

    private JsonNode either() {
        JsonNode value = both();
        while (take("||")) {
            JsonNode other = both();
            value = isTrue(value) ? value : other;
        }
        return value;
    }

    private JsonNode both() {
        JsonNode value = compared();
        while (take("&&")) {
            JsonNode other = compared();
            value = isTrue(value) ? other : value;
        }
        return value;
    }

    private JsonNode compared() {
        JsonNode value = single();
        if (take("==")) {
            return BooleanNode.valueOf(isSame(value, single()));
        }
        return take("!=") ? BooleanNode.valueOf(!isSame(value, single())) : value;
    }

    private JsonNode single() {
        if (take("!")) {
            return BooleanNode.valueOf(!isTrue(single()));
        }
        if (take("(")) {
            JsonNode value = either();
            require(")");
            return value;
        }
        String token = tokens.get(at++);
        if (token.startsWith("'")) {
            return TextNode.valueOf(token.substring(1, token.length() - 1).replace("''", "'"));
        }
        if (Character.isLetter(token.charAt(0)) || token.charAt(0) == '_') {
            return take("(") ? called(token) : named(token);
        }
        return read(token);
    }

    private JsonNode named(String name) {
        return switch (name) {
            case "true", "false", "null" -> read(name);
            default -> {
                JsonNode value = context.value(name);
                yield value == null || value.isMissingNode() ? NullNode.instance : value;
            }
        };
    }

    private JsonNode called(String function) {
        List<JsonNode> arguments = new ArrayList<>();
        while (!take(")")) {
            arguments.add(either());
            take(",");
        }
        return switch (function) {
            case "always" -> BooleanNode.TRUE;
            case "success" -> BooleanNode.valueOf(context.succeeded());
            case "failure" -> BooleanNode.valueOf(!context.succeeded());
            case "contains" -> BooleanNode.valueOf(contains(arguments.get(0), arguments.get(1)));
            case "fromJSON" -> read(asText(arguments.getFirst()));
            default -> throw new IllegalArgumentException("the harness does not know the function " + function);
        };
    }

    private boolean take(String token) {
        boolean isNext = at < tokens.size() && tokens.get(at).equals(token);
        at += isNext ? 1 : 0;
        return isNext;
    }

    private void require(String token) {
        if (!take(token)) {
            throw new IllegalArgumentException("the harness misses " + token + " in " + tokens);
        }
    }

    private static boolean contains(JsonNode where, JsonNode what) {
        return where.isArray()
                ? where.valueStream().anyMatch(element -> isSame(element, what))
                : asText(where).toLowerCase(Locale.ROOT).contains(asText(what).toLowerCase(Locale.ROOT));
    }

    private static boolean isTrue(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> false;
            case BOOLEAN -> value.booleanValue();
            case NUMBER -> value.doubleValue() != 0;
            case STRING -> !value.textValue().isEmpty();
            default -> true;
        };
    }

    /** Strings are compared without regard to case. */
    private static boolean isSame(JsonNode one, JsonNode other) {
        return asText(one).equalsIgnoreCase(asText(other));
    }

    private static String asText(JsonNode value) {
        return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + json, e);
        }
    }
}
