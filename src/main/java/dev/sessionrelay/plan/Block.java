package dev.sessionrelay.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of machine-written fields in a text.
 *
 * @param from where it begins in the text
 * @param to where it ends
 */
record Block(int from, int to, Fields fields) {
    private static final Pattern DETAILS = Pattern.compile(
            "\\s*<details(?:\\s+open)?>\\s*<summary>(?:<code>)?[^<]+(?:</code>)?</summary>\\s*```yaml\\s*(.*?)\\s*```\\s*</details>\\s*",
            Pattern.DOTALL);

    static String opening(String name) {
        return "<!-- erk:metadata-block:" + name + " -->";
    }

    static String closing(String name) {
        return "<!-- /erk:metadata-block:" + name + " -->";
    }

    /** The first block of this name that can be read; others are passed over. */
    static Optional<Block> find(String text, String name) {
        String opening = opening(name);
        Pattern closing = Pattern.compile("<!-- /erk:metadata-block(?::" + Pattern.quote(name) + ")? -->");
        int at = text.indexOf(opening);
        while (at >= 0) {
            Matcher end = closing.matcher(text);
            int inside = at + opening.length();
            if (!end.find(inside)) {
                return Optional.empty();
            }
            Matcher details = DETAILS.matcher(text.substring(inside, end.start()));
            Optional<Fields> fields = details.matches() ? Fields.read(details.group(1)) : Optional.empty();
            if (fields.isPresent()) {
                return Optional.of(new Block(at, end.end(), fields.get()));
            }
            at = text.indexOf(opening, end.end());
        }
        return Optional.empty();
    }
}
