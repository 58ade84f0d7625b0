package dev.sessionrelay.plan;

import dev.sessionrelay.failure.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The body of an issue or pull request with a plan header in it. */
public final class PlanBody {
    /** GitHub takes no longer one. */
    public static final int LONGEST = 65_536;

    private static final String NAME = "plan-header";
    private static final String WARNING = "<!-- WARNING: Machine-generated. Manual edits may break erk tooling. -->";

    private final String text;
    private final int from;
    private final Block block;

    private PlanBody(String text, int from, Block block) {
        this.text = text;
        this.from = from;
        this.block = block;
    }

    /** Empty where there is no header that can be read. */
    public static Optional<PlanBody> read(String text) {
        return Block.find(text, NAME).map(block -> new PlanBody(text, startOfWarnings(text, block.from()), block));
    }

    public static PlanBody require(String text) {
        return read(text)
                .orElseThrow(() -> Failure.nothingFound(
                        "plan-header block not found in issue body",
                        "name an issue or pull request that holds a plan"));
    }

    /** Older versions left their warning behind with each update. */
    private static int startOfWarnings(String text, int block) {
        int start = block;
        while (true) {
            int end = start;
            if (end > 0 && text.charAt(end - 1) == '\n') {
                end -= end > 1 && text.charAt(end - 2) == '\r' ? 2 : 1;
            }
            if (end == start || !text.startsWith(WARNING, end - WARNING.length())) {
                return start;
            }
            start = end - WARNING.length();
        }
    }

    public Fields fields() {
        return block.fields();
    }

    public Optional<LastSession> lastSession() {
        return LastSession.in(fields());
    }

    /** The body with this session in its header; the same where it says so already. */
    public String with(LastSession session) {
        return with(session.fields(), session.excluded());
    }

    String with(Map<String, String> values, List<String> without) {
        Fields changed = fields().with(values, without);
        List<String> problems = HeaderRules.problemsOf(changed);
        if (!problems.isEmpty()) {
            throw Failure.badInput(
                    "the plan header cannot be written: " + String.join("; ", problems),
                    "correct it in the issue's text");
        }
        if (changed.write().equals(fields().write())) {
            return text;
        }
        String newText = text.substring(0, from) + warning() + block.with(changed, text) + text.substring(block.to());
        if (newText.length() > LONGEST) {
            throw Failure.badInput(
                    "the issue's text would have " + newText.length() + " characters, and GitHub takes " + LONGEST,
                    "shorten it");
        }
        return newText;
    }

    /** One, however many there were, in the line ends that the block has. */
    private String warning() {
        boolean hasCarriageReturns = text.substring(block.from(), block.to()).contains("\r\n");
        return WARNING + (hasCarriageReturns ? "\r\n" : "\n");
    }
}
