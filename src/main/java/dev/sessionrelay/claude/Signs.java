package dev.sessionrelay.claude;

import java.util.List;
import java.util.TreeSet;

/**
 * Where in a stream of bytes stands what a record that makes Claude Code act cannot do without, see {@link Unwanted}: one
 * of its words, or an escape that may stand for a letter of one.
 */
public final class Signs {
    private static final Word FOLDER = new Word(Unwanted.WORKTREE, '-');
    private static final List<Word> ATTACHMENTS =
            Unwanted.ATTACHMENTS.stream().map(kind -> new Word(kind, '_')).toList();
    /** All letters of these words are between U+0020 and U+007F. */
    private static final Word LETTER = new Word("\\u00", '\\');

    private static final int LONGEST = 32;
    private static final int TAKEN_AT_ONCE = 1 << 17;

    /** @param before how many of the letters stand before the first mark */
    private record Word(String letters, int before) {
        Word(String letters, char mark) {
            this(letters, letters.indexOf(mark));
        }

        boolean isIn(byte[] bytes, int markAt, int to) {
            int from = markAt - before;
            if (from < 0 || from + letters.length() > to) {
                return false;
            }
            for (int i = 0; i < letters.length(); i++) {
                if (bytes[from + i] != letters.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final byte[] buffer = new byte[LONGEST + TAKEN_AT_ONCE];
    private final Marks marks = new Marks(buffer, '-', '_', '\\');
    private final TreeSet<Long> found = new TreeSet<>();
    private int carried;
    private long start;

    /** Takes the next bytes. */
    public void take(byte[] bytes, int length) {
        for (int done = 0; done < length; done += TAKEN_AT_ONCE) {
            int taken = Math.min(TAKEN_AT_ONCE, length - done);
            System.arraycopy(bytes, done, buffer, carried, taken);
            look(carried + taken);
        }
    }

    private void look(int limit) {
        for (int at = marks.next(0, limit); at < limit; at = marks.next(at + 1, limit)) {
            if (isSign(at, limit)) {
                found.add(start + at);
            }
        }
        // A sign may lie across the end of what was taken.
        carried = Math.min(limit, LONGEST);
        System.arraycopy(buffer, limit - carried, buffer, 0, carried);
        start += limit - carried;
    }

    private boolean isSign(int at, int limit) {
        return switch (buffer[at]) {
            case '-' -> FOLDER.isIn(buffer, at, limit);
            case '_' -> ATTACHMENTS.stream().anyMatch(kind -> kind.isIn(buffer, at, limit));
            default ->
                LETTER.isIn(buffer, at, limit - 1)
                        && isOfAWord(buffer[at + LETTER.letters().length()]);
        };
    }

    private static boolean isOfAWord(byte firstDigit) {
        return firstDigit >= '2' && firstDigit <= '7';
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    boolean isIn(long from, long to) {
        Long next = found.ceiling(from);
        return next != null && next < to;
    }
}
