package dev.sessionrelay.action;

import dev.sessionrelay.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a person sees on the run's page: one heading, a small table, and the lines that resume the session elsewhere.
 * All text is escaped, since some of it comes from sessions, stores and branch names.
 */
final class JobSummary {
    private static final int LONGEST_TEXT = 500;

    private final String heading;
    private final List<String> rows = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();

    JobSummary(String heading) {
        this.heading = heading;
    }

    void row(String label, String value) {
        if (!value.isBlank()) {
            rows.add("<tr><th align=\"left\">" + escaped(label) + "</th><td>" + escaped(value) + "</td></tr>");
        }
    }

    /** A row whose text leads somewhere, when there is somewhere to go. */
    void row(String label, String value, String url) {
        if (url.startsWith("https://") || url.startsWith("http://")) {
            rows.add("<tr><th align=\"left\">" + escaped(label) + "</th><td><a href=\"" + escaped(url) + "\">"
                    + escaped(value) + "</a></td></tr>");
        } else {
            row(label, value);
        }
    }

    void command(String line) {
        commands.add(line);
    }

    String markdown() {
        StringBuilder page = new StringBuilder("### " + escaped(heading) + "\n\n");
        if (!rows.isEmpty()) {
            page.append("<table>\n");
            rows.forEach(row -> page.append(row).append('\n'));
            page.append("</table>\n\n");
        }
        if (!commands.isEmpty()) {
            page.append("On another machine:\n\n<pre lang=\"shell\">");
            commands.forEach(line -> page.append(escaped(line)).append('\n'));
            page.append("</pre>\n\n");
        }
        return page.toString();
    }

    /** Everything that Markdown or HTML could take for more than text, as a character reference. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        SafeText.of(text, LONGEST_TEXT).codePoints().forEach(c -> {
            boolean plain = Character.isLetterOrDigit(c) || " ,.-/".indexOf(c) >= 0 || c > 127;
            if (plain) {
                safe.appendCodePoint(c);
            } else {
                safe.append("&#").append(c).append(';');
            }
        });
        return safe.toString();
    }

    static String count(long number, String one) {
        return String.format(Locale.ROOT, "%,d %s%s", number, one, number == 1 ? "" : "s");
    }
}
