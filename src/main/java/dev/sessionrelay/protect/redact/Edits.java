package dev.sessionrelay.protect.redact;

import dev.sessionrelay.io.BlockStream;
import dev.sessionrelay.io.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stretches of a payload and what stands in their places, in order. Small, however large the payload is. */
final class Edits {
    private long[] starts = new long[16];
    private int[] lengths = new int[16];
    private int[] texts = new int[16];
    /** Where in the edited payload each of them begins. */
    private long[] places = new long[16];

    private int count;
    private long growth;
    private final List<byte[]> replacements = new ArrayList<>();
    private final Map<String, Integer> known = new HashMap<>();

    boolean isEmpty() {
        return count == 0;
    }

    void add(long start, int length, String replacement) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
            texts = Arrays.copyOf(texts, count * 2);
            places = Arrays.copyOf(places, count * 2);
        }
        int text = known.computeIfAbsent(replacement, this::number);
        starts[count] = start;
        lengths[count] = length;
        texts[count] = text;
        places[count] = start + growth;
        growth += replacements.get(text).length - length;
        count++;
    }

    /** Adds what was found behind all of these. */
    void addAll(Edits behind) {
        for (int i = 0; i < behind.count; i++) {
            add(behind.starts[i], behind.lengths[i], new String(behind.replacement(i), StandardCharsets.UTF_8));
        }
    }

    private int number(String replacement) {
        replacements.add(replacement.getBytes(StandardCharsets.UTF_8));
        return replacements.size() - 1;
    }

    private byte[] replacement(int edit) {
        return replacements.get(texts[edit]);
    }

    Payload of(Payload original) {
        return isEmpty() ? original : new Edited(original);
    }

    private final class Edited implements Payload {
        private final Payload original;

        Edited(Payload original) {
            this.original = original;
        }

        @Override
        public long size() {
            return original.size() + growth;
        }

        @Override
        public InputStream open(long from) throws IOException {
            int found = Arrays.binarySearch(places, 0, count, from);
            int before = found >= 0 ? found : -found - 2;
            if (before < 0) {
                return new EditedStream(original.open(from), from, 0, 0);
            }
            long into = from - places[before];
            long behind = starts[before] + lengths[before];
            int text = replacement(before).length;
            return into < text
                    ? new EditedStream(original.open(behind), behind, before + 1, (int) (text - into))
                    : new EditedStream(original.open(behind + into - text), behind + into - text, before + 1, 0);
        }
    }

    private final class EditedStream extends BlockStream {
        private final InputStream in;
        private long position;
        private int next;
        private int left;

        /** @param left how much of the replacement before the next one is still to be read */
        EditedStream(InputStream in, long position, int next, int left) {
            this.in = in;
            this.position = position;
            this.next = next;
            this.left = left;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (length > 0 && left == 0 && next < count && position == starts[next]) {
                in.skipNBytes(lengths[next]);
                position += lengths[next];
                left = replacement(next).length;
                next++;
            }
            if (left > 0) {
                byte[] text = replacement(next - 1);
                int taken = Math.min(left, length);
                System.arraycopy(text, text.length - left, bytes, offset, taken);
                left -= taken;
                return taken;
            }
            long kept = next < count ? starts[next] - position : Long.MAX_VALUE;
            int read = in.read(bytes, offset, (int) Math.min(length, kept));
            position += Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
