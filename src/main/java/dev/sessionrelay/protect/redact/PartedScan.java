package dev.sessionrelay.protect.redact;

import dev.sessionrelay.io.Parallel;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.EntryName;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Goes through large files of records in several parts at once, one for each processor. What is found is the same,
 * since nothing that is decided about a line in one pass depends on another one.
 */
final class PartedScan {
    private static final long SMALLEST_PART = 8 << 20;

    private final Supplier<LineScan> scans;
    private final Supplier<LineScan> secondLooks;
    private final EntryName name;

    PartedScan(Supplier<LineScan> scans, Supplier<LineScan> secondLooks, EntryName name) {
        this.scans = scans;
        this.secondLooks = secondLooks;
        this.name = name;
    }

    /** @param values is told what was found */
    Edits run(Payload payload, SecretReport report, BiConsumer<String, String> values) throws IOException {
        List<Long> cuts = cuts(payload);
        Edits edits = new Edits();
        long lines = 0;
        for (PayloadScan.ScannedSecret part : parts(payload, cuts)) {
            edits.addAll(part.edits());
            report.addAll(part.report(), lines);
            part.values().forEach(values);
            lines += part.lines();
        }
        return edits;
    }

    private PayloadScan.ScannedSecret scan(Payload payload, long from, long to) throws IOException {
        LineScan scan = scans.get();
        return new PayloadScan(scan, secondLooks.equals(scans) ? scan : secondLooks.get(), name).run(payload, from, to);
    }

    private List<PayloadScan.ScannedSecret> parts(Payload payload, List<Long> cuts) throws IOException {
        List<Callable<PayloadScan.ScannedSecret>> work = new ArrayList<>();
        for (int i = 1; i < cuts.size(); i++) {
            long from = cuts.get(i - 1);
            long to = cuts.get(i);
            work.add(() -> scan(payload, from, to));
        }
        return Parallel.run(work.size(), work);
    }

    /** Where the parts begin, and the end of the last one. */
    private List<Long> cuts(Payload payload) throws IOException {
        long size = payload.size();
        long parts = name.isRecords() ? Math.min(Runtime.getRuntime().availableProcessors(), size / SMALLEST_PART) : 1;
        List<Long> cuts = new ArrayList<>();
        cuts.add(0L);
        for (long part = 1; part < parts; part++) {
            long cut = behindLine(payload, Math.max(size / parts * part, cuts.getLast()));
            if (cut > cuts.getLast() && cut < size) {
                cuts.add(cut);
            }
        }
        cuts.add(size);
        return cuts;
    }

    private static long behindLine(Payload payload, long from) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long at = from;
        try (InputStream in = payload.open(from)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        return at + i + 1;
                    }
                }
                at += read;
            }
        }
        return at;
    }
}
