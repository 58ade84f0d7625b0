package dev.sessionrelay.protect.redact;

import java.util.ArrayList;
import java.util.List;

/**
 * A text as it is meant: without what only shows it. Tools put line numbers, signs of a difference or of a quotation
 * before each line; terminals and pages put colours and invisible characters between letters; URLs and JSON escape
 * signs. Each view knows where in the text its characters stand.
 */
final class Views {
    private static final int MOST_DIGITS = 7;
    /** How often what is escaped may be escaped again. */
    private static final int MOST_ESCAPED = 3;

    private static final byte INVISIBLE = 1;
    private static final byte ESCAPE = 2;
    private static final byte[] SIGNS = table();

    private Views() {}

    static List<Text> of(Text text) {
        List<Text> views = new ArrayList<>();
        int signs = signs(text);
        Text visible = (signs & INVISIBLE) == 0 ? text : withoutInvisibles(text, text);
        Text bare = withoutPrefixes(text, visible);
        views.add(bare);
        if ((signs & ESCAPE) == 0) {
            return views;
        }
        add(views, loosened(text, bare));
        Text last = bare;
        for (int count = 0; count < MOST_ESCAPED; count++) {
            Text plain = unescaped(text, last);
            if (plain == last) {
                break;
            }
            add(views, plain);
            last = plain;
        }
        return views;
    }

    /** What of the signs that views do without there is in the text. */
    private static int signs(Text text) {
        byte[] b = text.bytes();
        byte[] table = SIGNS;
        int end = text.start() + text.length();
        int signs = 0;
        for (int i = text.start(); i < end; i++) {
            signs |= table[b[i] & 0xFF];
        }
        return signs;
    }

    private static byte[] table() {
        byte[] table = new byte[256];
        for (int c : new int[] {0x1B, 0, 0xE2, 0xEF, 0xC2, '\b'}) {
            table[c] = INVISIBLE;
        }
        for (char c : new char[] {'%', '&', '\\'}) {
            table[c] = ESCAPE;
        }
        return table;
    }

    private static void add(List<Text> views, Text view) {
        if (!views.contains(view)) {
            views.add(view);
        }
    }

    private static int base(Text text, Text view, int place) {
        return view == text ? place : view.inLine(place);
    }

    /** Without colours of a terminal, and without characters that have no width. */
    private static Text withoutInvisibles(Text base, Text text) {
        byte[] b = text.bytes();
        int start = text.start();
        int end = start + text.length();
        int at = nextInvisible(b, start, end);
        if (at == end) {
            return text;
        }
        Text view = Text.derived(text.length(), text.before());
        int from = start;
        while (at < end) {
            view.append(text, from - start, at - start, base == text);
            from = at + invisible(b, at, end);
            at = nextInvisible(b, from, end);
        }
        view.append(text, from - start, end - start, base == text);
        return view;
    }

    private static int nextInvisible(byte[] b, int from, int end) {
        byte[] table = SIGNS;
        int at = from;
        while (at < end) {
            boolean may = (table[b[at] & 0xFF] & INVISIBLE) != 0 || (at + 1 < end && b[at + 1] == '\b');
            if (may && invisible(b, at, end) > 0) {
                return at;
            }
            at++;
        }
        return end;
    }

    /** How many bytes that nobody sees begin here. */
    static int invisible(byte[] b, int at, int end) {
        return switch (b[at]) {
            case 0x1B -> terminal(b, at, end);
            // Characters of two bytes, of which one says nothing.
            case 0 -> at > 1 && (b[at - 2] == 0 || (at + 2 < end && b[at + 2] == 0)) && b[at - 1] != 0 ? 1 : 0;
            case (byte) 0xE2 -> {
                boolean joins = at + 2 < end
                        && ((b[at + 1] == (byte) 0x80 && (b[at + 2] & 0xFF) >= 0x8B && (b[at + 2] & 0xFF) <= 0x8F)
                                || (b[at + 1] == (byte) 0x81 && (b[at + 2] & 0xF0) == 0xA0));
                yield joins ? 3 : 0;
            }
            case (byte) 0xEF -> at + 2 < end && b[at + 1] == (byte) 0xBB && b[at + 2] == (byte) 0xBF ? 3 : 0;
            case (byte) 0xC2 -> at + 1 < end && b[at + 1] == (byte) 0xAD ? 2 : 0;
            // Overstruck, as manuals print what is bold.
            default -> at + 2 < end && b[at + 1] == '\b' && (b[at + 2] == b[at] || b[at] == '_') ? 2 : 0;
        };
    }

    private static int terminal(byte[] b, int at, int end) {
        if (at + 1 >= end || (b[at + 1] != '[' && b[at + 1] != ']')) {
            return 1;
        }
        int stop = Math.min(end, at + 64);
        for (int i = at + 2; i < stop; i++) {
            boolean ends = b[at + 1] == '[' ? b[i] >= '@' && b[i] <= '~' : b[i] == 7 || b[i] == '\\';
            if (ends) {
                return i + 1 - at;
            }
        }
        return 2;
    }

    private static Text withoutPrefixes(Text text, Text visible) {
        byte[] b = visible.bytes();
        int start = visible.start();
        int end = start + visible.length();
        boolean numbered = false;
        boolean quoted = true;
        boolean changed = true;
        int lines = 0;
        for (int line = start; line < end; line = lineEnd(b, line, end) + 1) {
            numbered |= number(b, line, end) > 0;
            quoted &= b[line] == '>' || b[line] == '|' || b[line] == '\n';
            changed &= b[line] == '+'
                    || b[line] == '-'
                    || b[line] == ' '
                    || b[line] == '@'
                    || b[line] == '\\'
                    || b[line] == '\n';
            lines++;
        }
        changed &= lines > 1;
        quoted &= lines > 0;
        if (!numbered && !quoted && !changed) {
            return visible;
        }
        Text view = Text.derived(visible.length(), visible.before());
        for (int line = start; line < end; ) {
            int stop = Math.min(end, lineEnd(b, line, end) + 1);
            int from = line + number(b, line, end);
            while (quoted && from < stop && (b[from] == '>' || b[from] == '|' || b[from] == ' ')) {
                from++;
            }
            boolean sign = from < stop
                    && (b[from] == '+' || b[from] == '-')
                    && (changed || from > line)
                    && b[Math.min(from + 1, end - 1)] != '-';
            from += sign ? 1 : 0;
            view.append(visible, from - start, stop - start, text == visible);
            line = stop;
        }
        return view;
    }

    private static int lineEnd(byte[] b, int from, int end) {
        return from < end ? Swift.indexOf(b, from, end, '\n') : from;
    }

    /** How long a line's number is, with the tab, arrow or bar behind it; 0 where there is none. */
    static int number(byte[] b, int line, int end) {
        int at = line;
        while (at < end && at - line < 12 && b[at] == ' ') {
            at++;
        }
        int digits = at;
        while (at < end && at - digits < MOST_DIGITS && Chars.is(b[at], Chars.DIGIT)) {
            at++;
        }
        if (at == digits || at >= end) {
            return 0;
        }
        if (b[at] == '\t') {
            return at + 1 - line;
        }
        if (at + 2 < end && b[at] == (byte) 0xE2 && b[at + 1] == (byte) 0x86 && b[at + 2] == (byte) 0x92) {
            return at + 3 - line;
        }
        int bar = at;
        while (bar < end && bar - at < 2 && b[bar] == ' ') {
            bar++;
        }
        boolean barred = bar < end
                && (b[bar] == '|'
                        || (b[bar] == ':' && bar == at && at - digits < 5 && line == digits && !isHex(b, at + 1, end)));
        return barred ? bar + 1 - line : 0;
    }

    /** Whether a pair of digits and a colon stands here, as fingerprints have it. */
    private static boolean isHex(byte[] b, int at, int end) {
        return at + 2 < end
                && b[at + 2] == ':'
                && Character.digit(b[at], 16) >= 0
                && Character.digit(b[at + 1], 16) >= 0;
    }

    /**
     * Where a text quotes quotes ({@code \"}, as JSON within a string does) the escapes are blanks: rules that want a
     * quote or a blank around a secret do not expect a backslash there.
     */
    private static Text loosened(Text text, Text view) {
        byte[] b = view.bytes();
        int end = view.start() + view.length();
        int start = view.start();
        int slash = Swift.indexOf(b, start, end, '\\');
        while (slash < end - 1 && b[slash + 1] != '"') {
            slash = Swift.indexOf(b, slash + 1, end, '\\');
        }
        if (slash >= end - 1) {
            return view;
        }
        Text loosened = Text.derived(view.length(), view.before());
        int from = start;
        while (from < end) {
            int at = Swift.indexOf(b, from, end, '\\');
            loosened.append(view, from - start, at - start, text == view);
            if (at < end) {
                loosened.put((byte) ' ', base(text, view, at - start));
                at++;
                if (at < end && (b[at] == 'n' || b[at] == 'r' || b[at] == 't')) {
                    loosened.put((byte) '\n', base(text, view, at - start));
                    at++;
                }
            }
            from = at;
        }
        return loosened;
    }

    /** With the signs that URLs and pages escape. */
    private static Text unescaped(Text text, Text view) {
        byte[] b = view.bytes();
        int end = view.start() + view.length();
        int start = view.start();
        int at = nextEscape(b, start, end);
        if (at == end) {
            return view;
        }
        Text unescaped = Text.derived(view.length(), view.before());
        int from = start;
        while (at < end) {
            unescaped.append(view, from - start, at - start, text == view);
            int length = Escapes.length(b, at, end);
            unescaped.put(Escapes.decoded(b, at, length), base(text, view, at - start));
            from = at + length;
            at = nextEscape(b, from, end);
        }
        unescaped.append(view, from - start, end - start, text == view);
        return withoutInvisibles(text, unescaped);
    }

    private static int nextEscape(byte[] b, int from, int end) {
        byte[] table = SIGNS;
        int at = from;
        while (at < end && ((table[b[at] & 0xFF] & ESCAPE) == 0 || Escapes.length(b, at, end) == 0)) {
            at++;
        }
        return at;
    }
}
