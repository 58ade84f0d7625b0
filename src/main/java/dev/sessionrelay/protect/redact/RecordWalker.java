package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks through a record and tells of the strings in it that are values. It keeps nothing but where it is, so that a
 * record can be given in pieces, and it does not judge JSON: of what is none, it tells of the strings that it can make
 * out.
 */
final class RecordWalker {
    private static final int DEEPEST = 64;
    private static final int LONGEST_KEY = 64;

    interface Strings {
        /**
         * A string, or as much of it as is in view.
         *
         * @param from where it begins between its quotes
         * @param ownFrom where the part begins that was not told of before
         * @param ownTo where the part ends that will not be told of again
         */
        void string(int from, int to, int ownFrom, int ownTo);

        /** The name of a value. */
        void key(int from, int to);

        /** An object or array ends before this place. */
        void closed(int end);
    }

    private final Strings strings;
    private final boolean[] isObject = new boolean[DEEPEST];
    private final byte[][] keys = new byte[DEEPEST][LONGEST_KEY];
    private final int[] keyLength = new int[DEEPEST];
    private final int[] keyStart = new int[DEEPEST];
    private final int[] index = new int[DEEPEST];
    private final long[] start = new long[DEEPEST];
    private final String[] type = new String[DEEPEST];
    private final boolean[] mark = new boolean[DEEPEST];
    private int depth;
    private boolean keyNext;
    private boolean inString;
    private boolean escaped;
    private long base;

    RecordWalker(Strings strings) {
        this.strings = strings;
    }

    void begin() {
        depth = 0;
        isObject[0] = false;
        type[0] = "";
        mark[0] = false;
        keyNext = false;
        inString = false;
        escaped = false;
    }

    /**
     * Goes on with a piece of the record.
     *
     * @param begin what is in view before the piece
     * @param limit what is in view behind it
     * @param offset where in the payload the bytes begin
     */
    void walk(byte[] bytes, int begin, int from, int to, int limit, long offset) {
        base = offset;
        int at = inString ? string(bytes, begin, from, from, to, limit) : from;
        while (at < to) {
            switch (bytes[at]) {
                case '"' -> at = string(bytes, at + 1, at + 1, at + 1, to, limit) - 1;
                case '{', '[' -> open(bytes[at] == '{', base + at);
                case '}', ']' -> close(at + 1);
                case ',' -> {
                    keyNext = depth > 0 && isObject[top()];
                    index[top()]++;
                }
                case ':' -> keyNext = false;
                default -> {}
            }
            at++;
        }
    }

    private void open(boolean object, long at) {
        depth++;
        int top = top();
        isObject[top] = object;
        keyLength[top] = 0;
        keyStart[top] = -1;
        index[top] = 0;
        start[top] = at;
        type[top] = "";
        mark[top] = false;
        keyNext = object;
    }

    private void close(int end) {
        if (depth > 0) {
            strings.closed(end);
            depth--;
        }
        keyNext = false;
    }

    /** The answer is the place behind the string's end, or the piece's. */
    private int string(byte[] bytes, int begin, int from, int own, int to, int limit) {
        int at = escaped ? own + 1 : own;
        escaped = false;
        at = at < to ? stringEnd(bytes, at, to) : at;
        boolean ends = at < to;
        int end = ends ? at : Math.min(limit, at < limit ? stringEnd(bytes, at, limit) : limit);
        if (keyNext) {
            key(bytes, from, ends ? end : from);
            if (ends && depth > 1) {
                strings.key(begin, end);
            }
        } else {
            if (depth > 0 && keyIs("type")) {
                type[top()] = new String(bytes, begin, Math.min(32, end - begin), StandardCharsets.ISO_8859_1);
            }
            strings.string(begin, end, own, Math.min(end, to));
        }
        inString = !ends;
        escaped = at > to;
        return ends ? at + 1 : to;
    }

    /** The place of the quote that ends the string; one or two behind the limit where none does. */
    private static int stringEnd(byte[] bytes, int from, int limit) {
        int at = Swift.indexOf(bytes, from, limit, '"', '\\');
        while (at < limit && bytes[at] != '"') {
            at = at + 2 < limit ? Swift.indexOf(bytes, at + 2, limit, '"', '\\') : at + 2;
        }
        return at;
    }

    private void key(byte[] bytes, int from, int to) {
        int top = top();
        keyLength[top] = Math.min(LONGEST_KEY, to - from);
        keyStart[top] = from;
        System.arraycopy(bytes, from, keys[top], 0, keyLength[top]);
    }

    /** What is deeper than this is treated as if it were one object. */
    private int top() {
        return Math.min(Math.max(depth, 1), DEEPEST) - 1;
    }

    int depth() {
        return depth;
    }

    /** The key of the value that is told of, or of the one that the array or object is, counted upwards. */
    String key(int up) {
        int at = top() - up;
        return at < 0 || !isObject[at] ? "" : new String(keys[at], 0, keyLength[at], StandardCharsets.UTF_8);
    }

    private boolean keyIs(String key) {
        int top = top();
        if (!isObject[top] || keyLength[top] != key.length()) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            if (keys[top][i] != key.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where in this piece the value's key begins, or -1. */
    int keyStart() {
        return isObject[top()] ? keyStart[top()] : -1;
    }

    /** What the field "type" of the object says that the value is in, as far as it was told. */
    String type() {
        return depth > 0 ? type[top()] : "";
    }

    void markObject() {
        mark[top()] = true;
    }

    boolean isMarked() {
        return mark[top()];
    }

    /** Where in the payload the object begins. */
    long objectStart() {
        return start[top()];
    }

    /** Where the value is, as {@code message.content[0].text}. */
    String path() {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < Math.min(depth, DEEPEST); i++) {
            if (isObject[i]) {
                path.append(path.isEmpty() ? "" : ".")
                        .append(new String(keys[i], 0, keyLength[i], StandardCharsets.UTF_8));
            } else {
                path.append('[').append(index[i]).append(']');
            }
        }
        return path.toString();
    }

    @Override
    public String toString() {
        return "RecordWalker at " + path() + " of " + Arrays.toString(type);
    }
}
