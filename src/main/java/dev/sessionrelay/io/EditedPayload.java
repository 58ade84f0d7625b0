package dev.sessionrelay.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A payload with some stretches left out or replaced by a few bytes. However many there are, it is read once, from
 * front to back: a store may have to fetch what is before a place in order to open it there.
 */
public final class EditedPayload implements Payload {
    private final Payload base;
    private final List<Edit> edits;
    private final long size;

    /**
     * @param from where it begins in the base, {@code to} the place behind it
     * @param start where it begins in what is made of the base
     */
    private record Edit(long from, long to, String text, long start) implements Comparable<Edit> {
        long end() {
            return start + text.length();
        }

        static Edit at(long start) {
            return new Edit(0, 0, "", start);
        }

        @Override
        public int compareTo(Edit other) {
            return Long.compare(start, other.start);
        }
    }

    /** Gathers edits, in the order of their places. */
    public static final class Editing {
        private final List<Edit> edits = new ArrayList<>();
        private long shift;

        public Editing leaveOut(long from, long to) {
            Edit last = edits.isEmpty() ? null : edits.getLast();
            if (last != null && last.to == from) {
                edits.set(edits.size() - 1, new Edit(last.from, to, last.text, last.start));
                shift -= to - from;
            } else {
                replace(from, to, "");
            }
            return this;
        }

        public Editing replace(long from, long to, String ascii) {
            edits.add(new Edit(from, to, ascii, from + shift));
            shift += ascii.length() - (to - from);
            return this;
        }

        /** The base itself where there is nothing to edit. */
        public Payload of(Payload base) {
            return edits.isEmpty() ? base : new EditedPayload(base, List.copyOf(edits), base.size() + shift);
        }
    }

    private EditedPayload(Payload base, List<Edit> edits, long size) {
        this.base = base;
        this.edits = edits;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    /** How many edits begin before this place. */
    private int before(long at) {
        int found = Collections.binarySearch(edits, Edit.at(at));
        int next = found < 0 ? -found - 1 : found;
        while (next > 0 && edits.get(next - 1).start == at) {
            next--;
        }
        return next;
    }

    /** Where in the base that begins which stands at this place, ahead of what was left out there. */
    public long inBase(long at) {
        int next = before(at);
        if (next == 0) {
            return at;
        }
        Edit last = edits.get(next - 1);
        return Math.max(last.to, last.to + at - last.end());
    }

    /** The same place, behind what was left out there. */
    public long behindLeftOut(long at) {
        int next = before(at);
        return next < edits.size()
                        && edits.get(next).start == at
                        && edits.get(next).text.isEmpty()
                ? edits.get(next).to
                : inBase(at);
    }

    @Override
    public InputStream open(long from) throws IOException {
        return new Stream(from);
    }

    private final class Stream extends BlockStream {
        private final InputStream in;
        private int next;
        private long position;
        private long inBase;

        Stream(long from) throws IOException {
            position = from;
            next = before(from);
            // What begins before may reach beyond.
            boolean isInside = next > 0 && edits.get(next - 1).end() > from;
            next -= isInside ? 1 : 0;
            inBase = isInside ? edits.get(next).from : inBase(from);
            in = inBase < base.size() ? base.open(inBase) : InputStream.nullInputStream();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int done = 0;
            while (done < length && position < size) {
                Edit edit = next < edits.size() ? edits.get(next) : null;
                if (edit != null && position >= edit.start) {
                    int at = (int) (position - edit.start);
                    int taken = Math.min(edit.text.length() - at, length - done);
                    for (int i = 0; i < taken; i++) {
                        bytes[offset + done + i] = (byte) edit.text.charAt(at + i);
                    }
                    done += taken;
                    position += taken;
                    if (at + taken == edit.text.length()) {
                        next++;
                        pass(edit.to);
                    }
                    continue;
                }
                long until = edit == null ? size : edit.start;
                int read = in.read(bytes, offset + done, (int) Math.min(length - done, until - position));
                if (read < 0) {
                    throw new EOFException("what is edited became shorter while it was read");
                }
                done += read;
                position += read;
                inBase += read;
            }
            return done == 0 && length > 0 ? -1 : done;
        }

        private void pass(long to) throws IOException {
            in.skipNBytes(to - inBase);
            inBase = to;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
