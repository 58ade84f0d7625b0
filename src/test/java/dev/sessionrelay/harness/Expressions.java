package dev.sessionrelay.harness;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of {@code ${{ … }}} as the steps of a test need: names of things. */
final class Expressions {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*([\\w.-]+)\\s*}}");

    private Expressions() {}

    /** @param named what a name such as {@code steps.memory.outputs.key} stands for; empty when it stands for nothing */
    static String evaluate(String text, UnaryOperator<String> named) {
        String value =
                EXPRESSION.matcher(text).replaceAll(found -> Matcher.quoteReplacement(named.apply(found.group(1))));
        if (value.contains("${{")) {
            throw new IllegalArgumentException("the harness does not know this expression: " + text);
        }
        return value;
    }
}
