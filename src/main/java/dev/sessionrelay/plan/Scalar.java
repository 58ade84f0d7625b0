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
        String plain = folded(withoutComment(text));
        return plain.isEmpty() || plain.equals("null") || plain.equals("~") ? Optional.empty() : Optional.of(plain);
    }

    /** What follows a number sign with a space before it; the sign at the beginning has none. */
    private static String withoutComment(String text) {
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '#' && Character.isWhitespace(text.charAt(i - 1))) {
                return text.substring(0, i).stripTrailing();
            }
        }
        return text;
    }

    /** Long text goes over several lines; a break in it is a space, and none where a backslash stands before it. */
    private static String folded(String text) {
        String[] lines = text.split("\\n", -1);
        StringBuilder whole = new StringBuilder();
        boolean isJoined = true;
        for (int i = 0; i < lines.length; i++) {
            String line = i == 0 ? lines[i] : lines[i].stripLeading();
            whole.append(isJoined ? "" : " ");
            if (isJoined && i > 0 && line.startsWith("\\")) {
                line = line.substring(1);
            }
            boolean isLast = i == lines.length - 1;
            isJoined = !isLast && line.endsWith("\\");
            whole.append(isLast ? line : isJoined ? line.substring(0, line.length() - 1) : line.stripTrailing());
        }
        return whole.toString();
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
            Optional<Integer> named = digits == 0 ? Optional.empty() : codePoint(text, i + 1, digits);
            if (named.isPresent()) {
                plain.appendCodePoint(named.get());
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

    /** Empty where the digits are none, or name what is not a character. */
    private static Optional<Integer> codePoint(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return Optional.empty();
        }
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return Optional.empty();
            }
            value = value * 16 + digit;
        }
        return value <= Character.MAX_CODE_POINT ? Optional.of((int) value) : Optional.empty();
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
