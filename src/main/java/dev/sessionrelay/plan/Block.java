package dev.sessionrelay.plan;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of machine-written fields in a text.
 *
 * @param from where it begins in the text
 * @param to where it ends
 * @param yamlFrom where its fields begin
 * @param yamlTo where they end
 */
record Block(int from, int to, int yamlFrom, int yamlTo, Fields fields) {

    static String opening(String name) {
        return "<!-- erk:metadata-block:" + name + " -->";
    }

    /** The first block of this name that can be read; others are passed over. Takes one pass, whatever the text is. */
    static Optional<Block> find(String text, String name) {
        String opening = opening(name);
        Pattern closing = Pattern.compile("<!-- /erk:metadata-block(?::" + Pattern.quote(name) + ")? -->");
        Matcher end = closing.matcher(text);
        int at = text.indexOf(opening);
        while (at >= 0) {
            int inside = at + opening.length();
            if (!end.find(inside)) {
                return Optional.empty();
            }
            Optional<BlockFrame> frame = BlockFrame.in(text, inside, end.start());
            Optional<Fields> fields =
                    frame.flatMap(around -> Fields.read(text.substring(around.yamlFrom(), around.yamlTo())));
            if (frame.isPresent() && fields.isPresent()) {
                return Optional.of(new Block(
                        at, end.end(), frame.get().yamlFrom(), frame.get().yamlTo(), fields.get()));
            }
            at = text.indexOf(opening, end.end());
        }
        return Optional.empty();
    }

    /**
     * The text of this block with other fields in it. What surrounds them stays: each erk reads the form that it
     * wrote.
     */
    String with(Fields changed, String text) {
        String written = changed.write();
        boolean hasCarriageReturns = text.substring(from, to).contains("\r\n");
        return text.substring(from, yamlFrom)
                + (hasCarriageReturns ? written.replace("\n", "\r\n") : written)
                + text.substring(yamlTo, to);
    }
}
