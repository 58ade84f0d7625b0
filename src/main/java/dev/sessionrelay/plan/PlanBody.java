package dev.sessionrelay.plan;

import dev.sessionrelay.failure.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The body of an issue or pull request with a plan header in it. */
public final class PlanBody {
    /** GitHub takes no longer one. */
    public static final int LONGEST = 65_536;

    private static final String NAME = "plan-header";
    private static final String WARNING = "<!-- WARNING: Machine-generated. Manual edits may break erk tooling. -->";
    private static final Pattern WARNINGS = Pattern.compile("(?:" + Pattern.quote(WARNING) + "\\r?\\n)*\\z");

    private final String text;
    private final int from;
    private final int to;
    private final Fields fields;

    private PlanBody(String text, int from, int to, Fields fields) {
        this.text = text;
        this.from = from;
        this.to = to;
        this.fields = fields;
    }

    /** Empty where there is no header that can be read. */
    public static Optional<PlanBody> read(String text) {
        return Block.find(text, NAME)
                .map(block -> new PlanBody(text, startOfWarnings(text, block.from()), block.to(), block.fields()));
    }

    public static PlanBody require(String text) {
        return read(text)
                .orElseThrow(() -> Failure.nothingFound(
                        "plan-header block not found in issue body",
                        "name an issue or pull request that holds a plan"));
    }

    /** Older versions left their warning behind with each update. */
    private static int startOfWarnings(String text, int block) {
        Matcher warnings = WARNINGS.matcher(text).region(0, block);
        return warnings.find() ? warnings.start() : block;
    }

    public Fields fields() {
        return fields;
    }

    public Optional<LastSession> lastSession() {
        return LastSession.in(fields);
    }

    /** The body with this session in its header; the same where it says so already. */
    public String with(LastSession session) {
        return with(session.fields(), session.excluded());
    }

    String with(Map<String, String> values, List<String> without) {
        Fields changed = fields.with(values, without);
        List<String> problems = Rules.problemsOf(changed);
        if (!problems.isEmpty()) {
            throw Failure.badInput(
                    "the plan header cannot be written: " + String.join("; ", problems),
                    "correct it in the issue's text");
        }
        if (changed.write().equals(fields.write())) {
            return text;
        }
        String newText = text.substring(0, from) + block(changed) + text.substring(to);
        if (newText.length() > LONGEST) {
            throw Failure.badInput(
                    "the issue's text would have " + newText.length() + " characters, and GitHub takes " + LONGEST,
                    "shorten it");
        }
        return newText;
    }

    /** In the line ends that the block had. */
    private String block(Fields changed) {
        String block =
                WARNING + "\n" + Block.opening(NAME) + "\n<details>\n<summary>plan-header</summary>\n\n```yaml\n\n"
                        + changed.write()
                        + "\n\n```\n\n</details>\n" + Block.closing(NAME);
        boolean hasCarriageReturns = text.substring(from, to).contains("\r\n");
        return hasCarriageReturns ? block.replace("\n", "\r\n") : block;
    }
}
