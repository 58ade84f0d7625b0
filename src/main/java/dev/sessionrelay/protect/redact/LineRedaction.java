package dev.sessionrelay.protect.redact;

import dev.sessionrelay.protect.redact.LineScan.SecretEdit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that is to be replaced in one line. The result is looked at again until nothing more is found, so that redacting
 * what was redacted changes nothing, on this machine or on one that knows the same.
 */
final class LineRedaction {
    private static final int MOST_ROUNDS = 6;

    private final LineScan scan;
    private final LineScan secondLook;
    private final boolean isRecord;

    /** @param secondLook what a line that was changed is looked at with */
    LineRedaction(LineScan scan, LineScan secondLook, boolean isRecord) {
        this.scan = scan;
        this.secondLook = secondLook;
        this.isRecord = isRecord;
    }

    List<SecretEdit> of(byte[] bytes, int from, int to, long offset) {
        List<SecretEdit> all = look(scan, bytes, from, to, offset);
        for (int round = 0; round < MOST_ROUNDS && !all.isEmpty(); round++) {
            int before = all.size();
            byte[] changed = changed(all, bytes, from, to, offset);
            all = again(secondLook, all, changed, offset + from);
            if (all.size() == before) {
                break;
            }
        }
        return all;
    }

    private List<SecretEdit> look(LineScan with, byte[] bytes, int from, int to, long offset) {
        return isRecord ? with.record(bytes, from, to, offset) : with.plain(bytes, from, from, to, to, offset);
    }

    /**
     * @param changed the line with what was done
     * @param start where it begins in the payload
     */
    private List<SecretEdit> again(LineScan with, List<SecretEdit> done, byte[] changed, long start) {
        List<SecretEdit> more = look(with, changed, 0, changed.length, 0);
        if (more.isEmpty()) {
            return done;
        }
        List<SecretEdit> all = new ArrayList<>(done);
        long shift = start;
        int next = 0;
        // What is found now is no part of a placeholder, so it stands as a whole between two earlier edits.
        for (SecretEdit edit : more) {
            while (next < done.size() && done.get(next).from() - shift <= edit.from()) {
                SecretEdit earlier = done.get(next++);
                shift += earlier.to() - earlier.from() - earlier.replacement().length();
            }
            all.add(new SecretEdit(
                    edit.from() + shift,
                    edit.to() + shift,
                    edit.rule(),
                    edit.secret(),
                    edit.field(),
                    edit.replacement()));
        }
        all.sort(Comparator.comparingLong(SecretEdit::from));
        return withoutCovered(all);
    }

    /** A thinking block that is taken out whole takes with it what was found before it turned out to be one. */
    private static List<SecretEdit> withoutCovered(List<SecretEdit> edits) {
        List<SecretEdit> kept = new ArrayList<>();
        for (SecretEdit edit : edits) {
            if (kept.isEmpty() || edit.from() >= kept.getLast().to()) {
                kept.add(edit);
            }
        }
        return kept;
    }

    static byte[] changed(List<SecretEdit> edits, byte[] bytes, int from, int to, long offset) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(to - from);
        int at = from;
        for (SecretEdit edit : edits) {
            int start = (int) (edit.from() - offset);
            line.write(bytes, at, start - at);
            line.writeBytes(edit.replacement().getBytes(StandardCharsets.UTF_8));
            at = (int) (edit.to() - offset);
        }
        line.write(bytes, at, to - at);
        return line.toByteArray();
    }
}
