package dev.sessionrelay.git.checkout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The names of all that git keeps in a work tree, from its index. JGit would read it too, and write settings of its own
 * into the user's home for that.
 */
public final class GitIndex {
    private static final int MAGIC = 0x44495243;
    private static final int BEFORE_ID = 40;
    private static final int EXTENDED = 0x4000;
    /** In an index of version 4 a name goes on from the one before it, so that few bytes can stand for many. */
    private static final long MOST_LETTERS = 1L << 28;

    private GitIndex() {}

    /** @param git the folder or file {@code .git} of the work tree */
    public static List<String> names(Path git) throws IOException {
        DotGit own = DotGit.of(git);
        byte[] bytes;
        try {
            bytes = own.index();
        } catch (NoSuchFileException nothingCheckedOut) {
            return List.of();
        }
        try {
            return names(ByteBuffer.wrap(bytes), idLength(own));
        } catch (java.nio.BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("its index is torn", e);
        }
    }

    private static int idLength(DotGit own) throws IOException {
        String config = own.configText().toLowerCase(Locale.ROOT).replace(" ", "");
        return config.contains("objectformat=sha256") ? 32 : 20;
    }

    private static List<String> names(ByteBuffer in, int idLength) throws IOException {
        if (in.getInt() != MAGIC) {
            throw new IOException("its index has another form");
        }
        int version = in.getInt();
        if (version < 2 || version > 4) {
            throw new IOException("its index has version " + version);
        }
        int count = in.getInt();
        List<String> names = new ArrayList<>();
        byte[] name = new byte[0];
        long letters = 0;
        for (int i = 0; i < count; i++) {
            int start = in.position();
            in.position(start + BEFORE_ID + idLength);
            int flags = in.getShort();
            if ((flags & EXTENDED) != 0) {
                in.getShort();
            }
            byte[] kept = version == 4 ? Arrays.copyOf(name, name.length - number(in)) : new byte[0];
            byte[] rest = upToNul(in);
            name = Arrays.copyOf(kept, kept.length + rest.length);
            System.arraycopy(rest, 0, name, kept.length, rest.length);
            if (version < 4) {
                in.position(start + (in.position() - 1 - start + 8) / 8 * 8);
            }
            letters += name.length;
            if (letters > MOST_LETTERS) {
                throw new IOException("the names in its index have no end");
            }
            names.add(new String(name, StandardCharsets.UTF_8));
        }
        requireWhole(in, idLength);
        return names;
    }

    private static byte[] upToNul(ByteBuffer in) {
        int start = in.position();
        while (in.get() != 0) {}
        byte[] text = new byte[in.position() - 1 - start];
        in.get(start, text);
        return text;
    }

    /** As an offset is written in a pack: each further byte stands for one more. */
    private static int number(ByteBuffer in) {
        int next = in.get() & 0xFF;
        int value = next & 0x7F;
        while ((next & 0x80) != 0) {
            next = in.get() & 0xFF;
            value = ((value + 1) << 7) | (next & 0x7F);
        }
        return value;
    }

    /**
     * An extension whose name begins with a small letter changes what the names mean, as of a split or sparse index.
     */
    private static void requireWhole(ByteBuffer in, int idLength) throws IOException {
        while (in.remaining() > idLength) {
            byte first = in.get(in.position());
            in.getInt();
            int size = in.getInt();
            if (first < 'A' || first > 'Z') {
                throw new IOException("its index is split or sparse");
            }
            in.position(in.position() + size);
        }
    }
}
