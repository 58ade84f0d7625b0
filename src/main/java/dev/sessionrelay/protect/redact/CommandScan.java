package dev.sessionrelay.protect.redact;

import dev.sessionrelay.protect.redact.CommandLine.ArgumentWord;
import java.util.List;

/** Finds the secrets among a command's arguments. */
final class CommandScan {

    interface Secrets {
        void found(int from, int to);
    }

    private final byte[] b;
    private final int begin;
    private final int end;
    private final Secrets secrets;

    CommandScan(byte[] bytes, int begin, int end, Secrets secrets) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
        this.secrets = secrets;
    }

    /** Whether a word that begins and ends here can be a command's name. */
    static boolean isCommand(byte[] b, int begin, int from, int to, int end) {
        if (to >= end || (b[to] != ' ' && b[to] != '\t' && b[to] != '.' && b[to] != '"' && b[to] != '\\')) {
            return false;
        }
        boolean startsWord = from == begin
                || !(Chars.is(b[from - 1], Chars.LETTER | Chars.DIGIT) || "_-.@=$".indexOf(b[from - 1]) >= 0);
        boolean behindEscape = from - 1 > begin && "nrt".indexOf(b[from - 1]) >= 0 && b[from - 2] == '\\';
        return startsWord || behindEscape;
    }

    /** @return up to where the command was read */
    int look(String name, int to) {
        List<Commands.SecretCommand> commands = Commands.of(name);
        if (commands == null) {
            return to;
        }
        int from = to;
        if (Runs.startsWith(b, from, end, ".exe")) {
            from += 4;
        }
        if (from < end && b[from] == '"') {
            from++;
        }
        CommandLine line = new CommandLine(b, from, end);
        for (Commands.SecretCommand command : commands) {
            if (command.word().isEmpty() || has(line, command.word())) {
                command.options().forEach(option -> option(line, option));
            }
        }
        return line.readTo();
    }

    private static boolean has(CommandLine line, String word) {
        String beginning = word.endsWith("*") ? word.substring(0, word.length() - 1) : "";
        return line.words().stream()
                .map(ArgumentWord::text)
                .anyMatch(text -> beginning.isEmpty() ? text.equals(word) : text.startsWith(beginning));
    }

    private void option(CommandLine line, String option) {
        if (option.startsWith("#")) {
            positional(line, option);
            return;
        }
        char kind = option.charAt(option.length() - 1);
        boolean user = kind == '@' || kind == '%';
        String name = user ? option.substring(0, option.length() - 1) : option;
        boolean attached = name.endsWith("+");
        name = attached ? name.substring(0, name.length() - 1) : name;
        List<ArgumentWord> words = line.words();
        for (int i = 0; i < words.size(); i++) {
            ArgumentWord word = words.get(i);
            String text = word.text();
            if (attached || name.endsWith("=")) {
                if (text.startsWith(name) && text.length() > name.length()) {
                    int from = word.from() + name.length();
                    value(name.endsWith("=") ? behind(from, word.to(), "=") : from, word.to(), user, kind);
                }
            } else if (text.equals(name) && i + 1 < words.size()) {
                ArgumentWord next = words.get(i + 1);
                value(next.from(), next.to(), user, kind);
            } else if (name.startsWith("--") && text.startsWith(name + "=")) {
                value(word.from() + name.length() + 1, word.to(), user, kind);
            }
        }
    }

    private void positional(CommandLine line, String option) {
        List<ArgumentWord> plain = line.words().stream()
                .filter(word -> !word.text().startsWith("-") && !word.text().startsWith("/"))
                .toList();
        if (option.equals("#=")) {
            for (ArgumentWord word : plain) {
                if (word.text().indexOf('=') > 0) {
                    value(behind(word.from(), word.to(), "="), word.to(), false, ' ');
                }
            }
            return;
        }
        boolean slash = option.endsWith("/");
        boolean user = option.endsWith("@");
        int number = Integer.parseInt(option.substring(1, option.length() - (slash || user ? 1 : 0)));
        int index = number < 0 ? plain.size() + number : number - 1;
        if (index >= 0 && index < plain.size() && (number > 0 || plain.size() > 1)) {
            ArgumentWord word = plain.get(index);
            if (slash) {
                int from = behind(word.from(), word.to(), "/");
                int at = behind(from, word.to(), "@");
                if (from > word.from()) {
                    value(from, at > from ? at - 1 : word.to(), false, ' ');
                }
            } else {
                value(word.from(), word.to(), user, user ? '@' : ' ');
            }
        }
    }

    /** Whether nothing but a host's name or address stands here. */
    private boolean host(int from, int to) {
        boolean dot = false;
        for (int i = from; i < to; i++) {
            dot |= b[i] == '.';
            if (!Chars.is(b[i], Chars.LETTER | Chars.DIGIT) && b[i] != '.' && b[i] != '-' && b[i] != ':') {
                return false;
            }
        }
        return dot || to - from < 16;
    }

    private int behind(int from, int to, String signs) {
        for (int i = from; i < to; i++) {
            if (signs.indexOf(b[i]) >= 0) {
                return i + 1;
            }
        }
        return from;
    }

    private void value(int start, int stop, boolean user, char kind) {
        int from = start;
        int to = stop;
        if (user) {
            from = behind(from, to, kind == '%' ? "%" : ":,");
            if (from == start) {
                return;
            }
            for (int i = to - 1; i > from; i--) {
                if (b[i] == '@' && i + 2 < to && Chars.is(b[i + 1], Chars.LETTER | Chars.DIGIT)) {
                    to = host(i + 1, to) ? i : to;
                    break;
                }
            }
        }
        if (to - from > 1 && (b[from] == '"' || b[from] == '\'')) {
            boolean closed = b[to - 1] == b[from];
            from++;
            to -= closed ? 1 : 0;
        }
        if (to - from > 1 && (b[to - 1] == '"' || b[to - 1] == '\'') && start > begin && b[start - 1] == b[to - 1]) {
            to--;
        }
        while (to - from > 2 && b[to - 2] == '\\' && (b[to - 1] == 'n' || b[to - 1] == 'r')) {
            to -= 2;
        }
        for (String scheme : new String[] {"echo ", "password:", "pass:", "plaintext:", "str:"}) {
            from += Runs.startsWith(b, from, to, scheme) ? scheme.length() : 0;
        }
        if (Runs.startsWith(b, from, to, "env:")
                || Runs.startsWith(b, from, to, "file:")
                || Runs.startsWith(b, from, to, "fd:")) {
            return;
        }
        secrets.found(from, to);
    }
}
