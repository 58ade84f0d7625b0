package dev.sessionrelay.protect.redact;

import java.util.regex.Pattern;

/**
 * Go's regular expressions, in which the rules are written, as Java's. They differ in how groups are named, in classes
 * such as {@code [:alnum:]}, in what a brace or a bracket means where it opens nothing, and in what ends a line.
 */
final class Dialect {
    private static final Pattern REPETITION = Pattern.compile("\\{\\d+(?:,\\d*)?}");
    private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?P<\\w+>");
    private static final Pattern CLASS = Pattern.compile("\\[:(\\w+):]");

    private Dialect() {}

    static Pattern pattern(String regex) {
        return Pattern.compile(java(regex), Pattern.UNIX_LINES);
    }

    private static String java(String go) {
        String regex = NAMED_GROUP.matcher(go).replaceAll("(");
        StringBuilder java = new StringBuilder();
        boolean inClass = false;
        int at = 0;
        while (at < regex.length()) {
            char c = regex.charAt(at);
            int taken = 1;
            if (c == '\\') {
                taken = escape(regex, at);
                java.append(regex, at, at + taken);
            } else if (inClass && c == '[') {
                taken = namedClass(regex, at, java);
            } else if (inClass && c == '&') {
                java.append("\\&");
            } else if (c == '{'
                    && !inClass
                    && !REPETITION.matcher(regex).region(at, regex.length()).lookingAt()) {
                java.append("\\{");
            } else {
                inClass = inClass ? c != ']' : c == '[';
                java.append(c);
                if (inClass && c == '[') {
                    taken = classStart(regex, at, java);
                }
            }
            at += taken;
        }
        return java.toString();
    }

    /** How long an escape is: {@code \p{Greek}} and {@code \x{10FFFF}} have braces of their own. */
    private static int escape(String regex, int at) {
        boolean braced = regex.startsWith("{", at + 2) && "pPx".indexOf(regex.charAt(at + 1)) >= 0;
        return braced ? regex.indexOf('}', at) + 1 - at : Math.min(2, regex.length() - at);
    }

    /** A bracket that is a class's first character belongs to it. */
    private static int classStart(String regex, int at, StringBuilder java) {
        int taken = 1;
        if (regex.startsWith("^", at + 1)) {
            java.append('^');
            taken++;
        }
        if (regex.startsWith("]", at + taken)) {
            java.append("\\]");
            taken++;
        }
        return taken;
    }

    private static int namedClass(String regex, int at, StringBuilder java) {
        var named = CLASS.matcher(regex).region(at, regex.length());
        if (!named.lookingAt()) {
            java.append("\\[");
            return 1;
        }
        java.append(
                switch (named.group(1)) {
                    case "alnum" -> "\\p{Alnum}";
                    case "alpha" -> "\\p{Alpha}";
                    case "digit" -> "\\p{Digit}";
                    case "lower" -> "\\p{Lower}";
                    case "upper" -> "\\p{Upper}";
                    case "punct" -> "\\p{Punct}";
                    case "space" -> "\\s";
                    case "word" -> "\\w";
                    case "xdigit" -> "\\p{XDigit}";
                    default -> throw new IllegalArgumentException("the class " + named.group() + " is not known");
                });
        return named.end() - at;
    }
}
