package dev.sessionrelay.agent.claude;

import dev.sessionrelay.io.Payload;
import dev.sessionrelay.transcript.RecordScanner;
import dev.sessionrelay.transcript.TranscriptFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether {@code claude --resume} will go on with a transcript, judged by what was measured with the real Claude Code
 * on damaged and changed ones.
 *
 * @param tokens how many the next request will have, about
 */
public record ResumeCheck(TranscriptFacts facts, List<CheckFinding> findings, long tokens) {

    /** How much a finding matters. */
    public enum Weight {
        FINE,
        /** It resumes, with something to know. */
        REMARK,
        /** It does not resume, or loses what was said. */
        OBSTACLE
    }

    public record CheckFinding(String about, Weight weight, String words) {
        public static CheckFinding fine(String about, String words) {
            return new CheckFinding(about, Weight.FINE, words);
        }

        public static CheckFinding remark(String about, String words) {
            return new CheckFinding(about, Weight.REMARK, words);
        }

        public static CheckFinding obstacle(String about, String words) {
            return new CheckFinding(about, Weight.OBSTACLE, words);
        }
    }

    public ResumeCheck {
        findings = List.copyOf(findings);
    }

    public Weight weight() {
        return findings.stream().map(CheckFinding::weight).reduce(Weight.FINE, (a, b) -> a.compareTo(b) < 0 ? b : a);
    }

    /** The same with what can be said of the place. */
    public ResumeCheck with(List<CheckFinding> more) {
        List<CheckFinding> all = new ArrayList<>(findings);
        all.addAll(more);
        return new ResumeCheck(facts, all, tokens);
    }

    public static ResumeCheck of(Payload transcript) throws IOException {
        try (RecordScanner records = new RecordScanner(transcript.open());
                Examination examination = new Examination(transcript)) {
            while (records.next()) {
                examination.take(records);
            }
            return examination.result();
        }
    }
}
