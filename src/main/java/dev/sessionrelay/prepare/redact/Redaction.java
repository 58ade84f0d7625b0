package dev.sessionrelay.prepare.redact;

import dev.sessionrelay.bundle.EntryName;
import dev.sessionrelay.bundle.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of what travels, or only says where they are. */
public final class Redaction {

    /** What is done about secrets. */
    public enum Mode {
        /** They are replaced by placeholders. */
        ON,
        /** They are reported and left. */
        REPORT,
        /** Nobody looks. */
        OFF
    }

    public static final Redaction NONE = new Redaction(Mode.OFF, OwnRules.NONE, Map.of(), List.of());

    private final Mode mode;
    private final OwnRules own;
    private final Map<String, String> environment;
    private final List<String> told;
    private @Nullable Supplier<LineScan> scans;

    /** @param told values that are secret, whatever they look like */
    public Redaction(Mode mode, OwnRules own, Map<String, String> environment, Collection<String> told) {
        this.mode = mode;
        this.own = own;
        this.environment = Map.copyOf(environment);
        this.told = List.copyOf(told);
    }

    /** For what is shown of a session on this machine, whatever is done about what is saved. */
    public static Redaction forShowing(Map<String, String> environment, Collection<String> told) {
        return new Redaction(Mode.ON, OwnRules.NONE, environment, told);
    }

    public Mode mode() {
        return mode;
    }

    /** What is out of the ordinary about what is looked for here, a sentence each. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(own.inWords());
        long tooCommon = KnownValues.tooCommon(told);
        if (tooCommon > 0) {
            notes.add(
                    tooCommon + " of the values given as secret are not looked for: shorter than 8 characters, a path,"
                            + " or letters alone and fewer than 16");
        }
        return notes;
    }

    /** The payload as it may travel. What was found is added to the report. */
    public Payload of(EntryName name, Payload payload, Report report) throws IOException {
        if (mode == Mode.OFF) {
            return payload;
        }
        Edits edits = new PartedScan(scans(), name).run(payload, report);
        return mode == Mode.ON ? edits.of(payload) : payload;
    }

    /** A short text, such as a title, without secrets. */
    public String text(String text) {
        if (mode != Mode.ON) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<LineScan.Edit> edits = new LineRedaction(scans().get(), false).of(bytes, 0, bytes.length, 0);
        return edits.isEmpty()
                ? text
                : new String(LineRedaction.changed(edits, bytes, 0, bytes.length, 0), StandardCharsets.UTF_8);
    }

    private Supplier<LineScan> scans() {
        if (scans == null) {
            RuleSet rules = own.over(RuleFile.read());
            Vocabulary vocabulary = new Vocabulary(rules, KnownValues.of(own.within(environment), told));
            scans = () -> new LineScan(rules, vocabulary);
        }
        return scans;
    }
}
