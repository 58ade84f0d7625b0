package dev.sessionrelay.protect.redact;

import dev.sessionrelay.transcript.Placeholder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds what is to be replaced in a line, or in a piece of one that is too long to be held. */
final class LineScan implements RecordWalker.Strings {

    /**
     * A stretch of the payload and what takes its place.
     *
     * @param secret what stood there, when it is known
     * @param field where in the record
     */
    record SecretEdit(long from, long to, String rule, String secret, String field, String replacement) {}

    private final RuleSet rules;
    private final Vocabulary vocabulary;
    private final Detector detector;
    private final Suspicion suspicion;
    private final Windows windows;
    private final RecordWalker walker = new RecordWalker(this);
    private final Text text = new Text();

    private byte[] bytes = new byte[0];
    private int begin;
    private long offset;
    private List<SecretEdit> edits = new ArrayList<>();
    private final Known known = new Known();
    private boolean isWhole;
    private long images;

    LineScan(RuleSet rules, Vocabulary vocabulary) {
        this.rules = rules;
        this.vocabulary = vocabulary;
        this.detector = new Detector(rules, vocabulary);
        this.suspicion = new Suspicion(vocabulary);
        this.windows = new Windows(suspicion);
    }

    /** One that looks for the same, and counts for itself. */
    LineScan another() {
        return new LineScan(rules, vocabulary);
    }

    long images() {
        return images;
    }

    long gaveUp() {
        return detector.gaveUp();
    }

    /** @param line a whole record */
    List<SecretEdit> record(byte[] line, int from, int to, long offsetOfBytes) {
        begin(line, from, offsetOfBytes);
        isWhole = true;
        suspicion.begin(line, from, to);
        walker.begin();
        walker.walk(line, from, from, to, to, offsetOfBytes);
        return edits;
    }

    void beginRecord() {
        walker.begin();
    }

    /**
     * A piece of a record, and what is in view around it.
     *
     * @param from where the piece begins, behind what is in view already
     */
    List<SecretEdit> piece(byte[] line, int viewFrom, int from, int to, int viewTo, long offsetOfBytes) {
        begin(line, viewFrom, offsetOfBytes);
        suspicion.look(line, viewFrom, viewTo);
        walker.walk(line, viewFrom, from, to, viewTo, offsetOfBytes);
        return edits;
    }

    /** A piece of what is no record. */
    List<SecretEdit> plain(byte[] line, int viewFrom, int from, int to, int viewTo, long offsetOfBytes) {
        begin(line, viewFrom, offsetOfBytes);
        if (suspicion.look(line, viewFrom, viewTo)) {
            windows.begin(line, viewFrom, viewTo, false);
            while (windows.next()) {
                text.take(line, windows.from(), windows.to(), false);
                found().forEach(found -> edit(found, offset, "", from, to));
            }
        }
        return edits;
    }

    private void begin(byte[] line, int from, long offsetOfBytes) {
        bytes = line;
        begin = from;
        offset = offsetOfBytes;
        edits = new ArrayList<>();
        isWhole = false;
    }

    @Override
    public void string(int from, int to, int ownFrom, int ownTo) {
        boolean isLong = isWhole && to - from >= Known.SHORTEST;
        suspicion.lookUpTo(isLong ? from : to);
        int key = walker.keyStart();
        boolean named = key >= begin && key < from && suspicion.isIn(key, from);
        if (!named && !isLong && !suspicion.isIn(from, to)) {
            return;
        }
        if (Protection.isEmbedded(walker) && !isTextInBase64(from, to)) {
            images += ownFrom == from ? 1 : 0;
            suspicion.skipTo(to);
            return;
        }
        if (Protection.covers(walker, bytes, from, to)) {
            suspicion.skipTo(to);
            return;
        }
        String name = named ? walker.key(0) : "";
        List<Known.KnownFinding> all = isLong ? known(from, to, name) : lookClosely(from, to, name);
        if (all.isEmpty()) {
            return;
        }
        boolean signed = walker.depth() > 1
                && walker.key(0).equals("thinking")
                && walker.type().equals("thinking");
        String field = walker.path();
        for (Known.KnownFinding found : all) {
            int at = from + found.from();
            if (signed && at >= ownFrom && at < ownTo) {
                walker.markObject();
                return;
            }
            edit(found, offset + from, field, ownFrom - from, ownTo - from);
        }
    }

    private List<Known.KnownFinding> known(int from, int to, String name) {
        List<Known.KnownFinding> before = known.of(bytes, from, to, name);
        if (before != null) {
            suspicion.skipTo(to);
            return before;
        }
        suspicion.lookUpTo(to);
        List<Known.KnownFinding> all = lookClosely(from, to, name);
        known.add(all);
        return all;
    }

    /** @param name the string's name, where it says something; else empty */
    private List<Known.KnownFinding> lookClosely(int from, int to, String name) {
        List<Known.KnownFinding> all = List.of();
        windows.begin(bytes, from, to, !name.isEmpty());
        while (windows.next()) {
            if (!name.isEmpty() && windows.from() == from) {
                text.takeNamed(name, bytes, from, windows.to());
            } else {
                text.take(bytes, windows.from(), windows.to(), true);
            }
            List<Known.KnownFinding> more = found();
            if (!more.isEmpty()) {
                all = new ArrayList<>(all);
                for (Known.KnownFinding found : more) {
                    all.add(found.moved(-from));
                }
            }
        }
        return all;
    }

    @Override
    public void key(int from, int to) {
        suspicion.lookUpTo(to);
        if (suspicion.isIn(from, to)) {
            String field = walker.path();
            lookClosely(from, to, "").forEach(found -> edit(found, offset + from, field, 0, to - from));
        }
    }

    private boolean isTextInBase64(int from, int to) {
        return Base64Text.startsAsText(Arrays.copyOfRange(bytes, from, Math.min(to, from + 16)));
    }

    @Override
    public void closed(int end) {
        if (!walker.isMarked()) {
            return;
        }
        long from = walker.objectStart() - offset;
        // Of a block whose beginning is out of view the digits say nothing.
        byte[] block = from < begin ? new byte[0] : Arrays.copyOfRange(bytes, (int) from, end);
        // It takes with it what was found in it before it turned out to be one.
        edits.removeIf(edit -> edit.from() >= walker.objectStart());
        edits.add(new SecretEdit(
                walker.objectStart(), offset + end, Placeholder.THINKING, "", "", Placeholder.ofBlock(block)));
    }

    /** What is found in the text, by where it stands in the line. */
    private List<Known.KnownFinding> found() {
        List<Known.KnownFinding> all = new ArrayList<>();
        for (Detector.Finding finding : merged(clipped(detector.detect(text)))) {
            byte[] secret = text.copy(finding.from(), finding.to());
            all.add(new Known.KnownFinding(
                    text.inLine(finding.from()),
                    text.inLine(finding.to()),
                    finding.rule(),
                    new String(secret, StandardCharsets.UTF_8),
                    Placeholder.of(finding.rule(), secret)));
        }
        return all;
    }

    /** Notes what begins in the given part. */
    private void edit(Known.KnownFinding found, long shift, String field, int ownFrom, int ownTo) {
        if (found.from() >= ownFrom && found.from() < ownTo) {
            edits.add(new SecretEdit(
                    shift + found.from(),
                    shift + found.to(),
                    found.rule(),
                    found.secret(),
                    field,
                    found.replacement()));
        }
    }

    /** Whole characters, nothing from beyond the string itself, and no part of a placeholder. */
    private List<Detector.Finding> clipped(List<Detector.Finding> findings) {
        List<Detector.Finding> whole = new ArrayList<>();
        byte[] all = text.bytes();
        int start = text.start();
        int end = start + text.length() - (text.before() > 0 ? 1 : 0);
        for (Detector.Finding finding : findings) {
            int from = start + Math.max(finding.from(), text.before());
            int to = Math.min(start + finding.to(), end);
            while (from > start && from < end && (all[from] & 0xC0) == 0x80) {
                from--;
            }
            while (to < end && (all[to] & 0xC0) == 0x80) {
                to++;
            }
            around(from, to, start, end, finding.rule(), whole);
        }
        return whole;
    }

    private void around(int from, int to, int start, int end, String rule, List<Detector.Finding> pieces) {
        int at = from;
        int placeholder = Placeholder.next(text.bytes(), Math.max(start, from - Placeholder.LONGEST), to, end);
        while (at < to) {
            boolean none = placeholder < 0 || placeholder >= to;
            int stop = none ? to : placeholder;
            if (stop > at) {
                pieces.add(new Detector.Finding(at - start, stop - start, rule));
            }
            if (none) {
                return;
            }
            at = Math.max(at, Placeholder.end(text.bytes(), placeholder, end));
            placeholder = Placeholder.next(text.bytes(), at, to, end);
        }
    }

    /** Findings that overlap or touch become one, named by the rule that says most. */
    private static List<Detector.Finding> merged(List<Detector.Finding> findings) {
        findings.sort(Comparator.comparingInt(Detector.Finding::from)
                .thenComparing(Comparator.comparingInt(Detector.Finding::to).reversed())
                .thenComparing(Detector.Finding::rule));
        List<Detector.Finding> merged = new ArrayList<>();
        for (Detector.Finding finding : findings) {
            if (merged.isEmpty() || merged.getLast().to() < finding.from()) {
                merged.add(finding);
                continue;
            }
            Detector.Finding before = merged.removeLast();
            String rule = rank(finding.rule()) < rank(before.rule()) ? finding.rule() : before.rule();
            merged.add(new Detector.Finding(before.from(), Math.max(before.to(), finding.to()), rule));
        }
        return merged;
    }

    private static int rank(String rule) {
        return switch (rule) {
            case Detector.RANDOM -> 4;
            case Structures.NAMED, Structures.COMMAND, Structures.TOLD, Prefixed.RULE -> 3;
            case Rule.GENERIC -> 2;
            case Detector.KNOWN -> 1;
            default -> 0;
        };
    }
}
