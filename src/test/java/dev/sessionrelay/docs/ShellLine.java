package dev.sessionrelay.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The commands of a block as people copy it, as far as a documentation's own lines need a shell. */
final class ShellLine {
    /** What stands for something of the reader's own: {@code <id>}, {@code <session id>}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("<[a-z][a-z -]*>");

    private static final Pattern PROMPT = Pattern.compile("^[a-z]+\\$ +");
    private static final Pattern SUBSTITUTION = Pattern.compile("\"?(?:\\$|<)\\(|\\)\"?");
    private static final Pattern REDIRECTION = Pattern.compile("(?<![^ ])\\d?(?:>>|>|<) *[^\\s;|&]+");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Z_]+=.*");

    private ShellLine() {}

    /** Each command as its words. */
    static List<List<String>> commands(List<String> block) {
        List<List<String>> commands = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String line : block) {
            String text = PROMPT.matcher(line.strip()).replaceFirst("");
            if (text.endsWith("\\")) {
                open.append(text, 0, text.length() - 1).append(' ');
                continue;
            }
            commands.addAll(inLine(open + text));
            open.setLength(0);
        }
        return commands;
    }

    private static List<List<String>> inLine(String line) {
        String text = PLACEHOLDER.matcher(line).replaceAll("placeholder");
        text = SUBSTITUTION.matcher(text).replaceAll(" ; ");
        text = REDIRECTION.matcher(text).replaceAll(" ");
        List<List<String>> commands = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (c == '#' && !inWord) {
                break;
            } else if (c == ' ' || c == ';' || c == '|' || c == '&') {
                inWord = end(words, word, inWord);
                if (c != ' ') {
                    end(commands, words);
                    words = new ArrayList<>();
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        end(words, word, inWord);
        end(commands, words);
        return commands;
    }

    private static boolean end(List<String> words, StringBuilder word, boolean inWord) {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
        }
        return false;
    }

    private static void end(List<List<String>> commands, List<String> words) {
        List<String> bare = words.stream()
                .dropWhile(word -> ASSIGNMENT.matcher(word).matches() || word.equals("do") || word.equals("export"))
                .toList();
        if (!bare.isEmpty()) {
            commands.add(bare);
        }
    }
}
