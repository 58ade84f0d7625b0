package dev.sessionrelay.protect.redact;

import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.EntryName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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

    /** More values than this are not looked for all over a session. */
    private static final int MOST_LEARNED = 2000;

    private final Mode mode;
    private final OwnRules own;
    private final Map<String, String> environment;
    private final List<String> told;
    private final Map<String, String> learned;
    private @Nullable Supplier<LineScan> scans;
    private @Nullable Supplier<LineScan> values;

    /** @param told values that are secret, whatever they look like */
    public Redaction(Mode mode, OwnRules own, Map<String, String> environment, Collection<String> told) {
        this.mode = mode;
        this.own = own;
        this.environment = Map.copyOf(environment);
        this.told = List.copyOf(told);
        this.learned = Map.of();
    }

    private Redaction(Redaction before, Map<String, String> learned) {
        this.mode = before.mode;
        this.own = before.own;
        this.environment = before.environment;
        this.told = before.told;
        this.scans = before.scans;
        this.learned = new LinkedHashMap<>(learned);
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

    /** The payload as it may travel, on its own. What was found is added to the report. */
    public Payload of(EntryName name, Payload payload, SecretReport report) throws IOException {
        return Objects.requireNonNull(
                all(Map.of(name, payload), report).payloads().get(name));
    }

    /**
     * What may travel, and what was learned on the way.
     *
     * @param knowing the redaction that also knows what was found in these
     */
    public record Redacted(Map<EntryName, Payload> payloads, Redaction knowing) {}

    /** A session's files as they may travel: what is found in one of them is redacted in all. */
    public Redacted all(Map<EntryName, Payload> payloads, SecretReport report) throws IOException {
        if (mode == Mode.OFF) {
            return new Redacted(payloads, this);
        }
        Supplier<LineScan> rules = scans();
        Map<String, String> found = new LinkedHashMap<>(learned);
        Map<EntryName, Edits> first = new TreeMap<>();
        for (Map.Entry<EntryName, Payload> payload : payloads.entrySet()) {
            PartedScan scan = new PartedScan(rules, rules, payload.getKey());
            first.put(
                    payload.getKey(), scan.run(payload.getValue(), report, (value, rule) -> learn(value, rule, found)));
        }
        Redaction knowing = new Redaction(this, found);
        Map<EntryName, Payload> redacted = new TreeMap<>();
        for (Map.Entry<EntryName, Payload> payload : payloads.entrySet()) {
            Payload once = Objects.requireNonNull(first.get(payload.getKey())).of(payload.getValue());
            redacted.put(payload.getKey(), knowing.again(payload.getKey(), once, report));
        }
        return new Redacted(mode == Mode.ON ? redacted : payloads, knowing);
    }

    /** The second pass, which looks for what is known by now. */
    private Payload again(EntryName name, Payload once, SecretReport report) throws IOException {
        if (learned.isEmpty()) {
            return once;
        }
        PartedScan scan = new PartedScan(values(), scans(), name);
        return scan.run(once, report, (_, _) -> {}).of(once);
    }

    private static void learn(String value, String rule, Map<String, String> found) {
        for (String line : KnownValues.lines(value)) {
            if (found.size() < MOST_LEARNED && KnownValues.isWorthRepeating(line, rule)) {
                found.putIfAbsent(line, rule);
            }
        }
    }

    /** A short text, such as a title, without secrets. */
    public String text(String text) {
        if (mode != Mode.ON) {
            return text;
        }
        String once = text(text, new LineRedaction(scans().get(), scans().get(), false));
        return learned.isEmpty() ? once : text(once, new LineRedaction(values().get(), scans().get(), false));
    }

    private static String text(String text, LineRedaction redaction) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<LineScan.SecretEdit> edits = redaction.of(bytes, 0, bytes.length, 0);
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

    private Supplier<LineScan> values() {
        if (values == null) {
            Vocabulary vocabulary = new Vocabulary(RuleSet.NONE, learned);
            values = () -> new LineScan(RuleSet.NONE, vocabulary);
        }
        return values;
    }
}
