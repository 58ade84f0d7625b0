package dev.sessionrelay.plan;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One value of the header's YAML. Every value is read as the text that it shows: what looks like a date, a number or a
 * float to a YAML library (a gist's id may) is none here.
 */
final class Scalar {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./@:+-]*");
    private static final Pattern LOOKS_LIKE_ANOTHER_TYPE = Pattern.compile(
            "(?i)null|true|false|yes|no|on|off|y|n|[-+.0-9_]+|[0-9][0-9_]*(\\.[0-9_]*)?e[-+]?[0-9]+|0[xo][0-9a-f]+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t ].*)?|[0-9:]+");

    private Scalar() {}

    /** Empty for null. */
    static Optional<String> read(String written) {
        String text = written.strip();
        if (text.startsWith("'") && text.endsWith("'") && text.length() > 1) {
            return Optional.of(folded(text.substring(1, text.length() - 1)).replace("''", "'"));
        }
        if (text.startsWith("\"") && text.endsWith("\"") && text.length() > 1) {
            return Optional.of(unescaped(folded(text.substring(1, text.length() - 1))));
        }
        String plain = folded(text.replaceFirst("\\s+#.*$", ""));
        return plain.isEmpty() || plain.equals("null") || plain.equals("~") ? Optional.empty() : Optional.of(plain);
    }

    /** Long text goes over several lines; a break in it is a space. */
    private static String folded(String text) {
        return text.replaceAll("\\\\\\r?\\n[ \\t]*\\\\?", "").replaceAll("[ \\t]*\\r?\\n[ \\t]*", " ");
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            int digits = escaped == 'x' ? 2 : escaped == 'u' ? 4 : escaped == 'U' ? 8 : 0;
            if (digits > 0
                    && i + digits < text.length()
                    && text.substring(i + 1, i + 1 + digits).matches("[0-9a-fA-F]+")) {
                plain.appendCodePoint(Integer.parseInt(text.substring(i + 1, i + 1 + digits), 16));
                i += digits;
            } else {
                plain.append(
                        switch (escaped) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            case '0' -> '\0';
                            default -> escaped;
                        });
            }
        }
        return plain.toString();
    }

    static String write(String text) {
        boolean plain = PLAIN.matcher(text).matches()
                && !text.endsWith(":")
                && !LOOKS_LIKE_ANOTHER_TYPE.matcher(text).matches();
        return plain ? text : "'" + text.replace("'", "''") + "'";
    }

    static boolean isQuoted(String written) {
        return written.strip().startsWith("'") || written.strip().startsWith("\"");
    }
}
