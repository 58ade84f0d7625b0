package dev.sessionrelay.claude;

import dev.sessionrelay.bundle.Facts;
import dev.sessionrelay.bundle.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether {@code claude --resume} will go on with a transcript, judged by what was measured with the real Claude Code on
 * damaged and changed ones.
 *
 * @param tokens how many the next request will have, about
 */
public record Checkup(Facts facts, List<Finding> findings, long tokens) {

    /** How much a finding matters. */
    public enum Weight {
        FINE,
        /** It resumes, with something to know. */
        REMARK,
        /** It does not resume, or loses what was said. */
        OBSTACLE
    }

    public record Finding(String about, Weight weight, String words) {
        public static Finding fine(String about, String words) {
            return new Finding(about, Weight.FINE, words);
        }

        public static Finding remark(String about, String words) {
            return new Finding(about, Weight.REMARK, words);
        }

        public static Finding obstacle(String about, String words) {
            return new Finding(about, Weight.OBSTACLE, words);
        }
    }

    public Checkup {
        findings = List.copyOf(findings);
    }

    public Weight weight() {
        return findings.stream().map(Finding::weight).reduce(Weight.FINE, (a, b) -> a.compareTo(b) < 0 ? b : a);
    }

    /** The same with what can be said of the place. */
    public Checkup with(List<Finding> more) {
        List<Finding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new Checkup(facts, all, tokens);
    }

    public static Checkup of(Payload transcript) throws IOException {
        try (RecordScanner records = new RecordScanner(transcript.open());
                Examination examination = new Examination(transcript)) {
            while (records.next()) {
                examination.take(records);
            }
            return examination.result();
        }
    }
}
