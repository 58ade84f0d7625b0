package dev.sessionrelay.transcript;

import dev.sessionrelay.io.Payload;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers the {@link TranscriptFacts} of a transcript while it is scanned. */
public final class FactsReader {
    private static final int LONGEST_TITLE = 120;

    private @Nullable String customTitle;
    private @Nullable String madeTitle;
    private int turns;
    private long messages;
    private @Nullable String firstAt;
    private @Nullable String lastAt;
    private @Nullable String firstFolder;
    private @Nullable String lastFolder;
    private @Nullable String firstBranch;
    private @Nullable String lastBranch;
    private @Nullable String version;
    private @Nullable String entrypoint;

    public static TranscriptFacts of(Payload transcript) throws IOException {
        FactsReader facts = new FactsReader();
        try (RecordScanner records = new RecordScanner(transcript.open())) {
            while (records.next()) {
                facts.take(records);
            }
        }
        return facts.facts();
    }

    public void take(RecordScanner record) {
        if (record.kind() != RecordScanner.ScanKind.RECORD) {
            return;
        }
        Optional<String> at = record.text(RecordField.TIMESTAMP);
        if (at.isPresent()) {
            firstAt = firstAt == null ? at.get() : firstAt;
            lastAt = at.get();
        }
        String folder = record.text(RecordField.CWD).orElse(null);
        firstFolder = firstFolder == null ? folder : firstFolder;
        lastFolder = folder == null ? lastFolder : folder;
        // Outside a git repository, and on a detached head, Claude Code writes HEAD.
        String branch = record.text(RecordField.GIT_BRANCH)
                .filter(name -> !name.isEmpty() && !name.equals("HEAD"))
                .orElse(null);
        firstBranch = firstBranch == null ? branch : firstBranch;
        lastBranch = branch == null ? lastBranch : branch;
        version = record.text(RecordField.VERSION).orElse(version);
        entrypoint = entrypoint == null ? record.text(RecordField.ENTRYPOINT).orElse(null) : entrypoint;
        switch (record.text(RecordField.TYPE).orElse("")) {
            case "user" -> {
                messages += at.isPresent() ? 1 : 0;
                turns += isPrompt(record) ? 1 : 0;
            }
            case "assistant" -> messages += at.isPresent() ? 1 : 0;
            case "custom-title" ->
                customTitle = record.text(RecordField.CUSTOM_TITLE).orElse(customTitle);
            case "ai-title" -> madeTitle = record.text(RecordField.AI_TITLE).orElse(madeTitle);
            case "summary" -> madeTitle = record.text(RecordField.SUMMARY).orElse(madeTitle);
            default -> {}
        }
    }

    /** Whether a user record is what a person asked, not a tool's result or something that Claude Code put in. */
    static boolean isPrompt(RecordScanner record) {
        if (!record.is(RecordField.TYPE, "user")
                || record.isTrue(RecordField.IS_META)
                || record.isTrue(RecordField.IS_SIDECHAIN)
                || record.isTrue(RecordField.IS_COMPACT_SUMMARY)
                || record.has(RecordField.TOOL_USE_RESULT)) {
            return false;
        }
        String message = record.messageStart();
        return !message.contains("\"tool_use_id\"")
                && !message.contains("\"tool_result\"")
                && !message.contains("\"content\":\"<command-name>")
                && !message.contains("\"content\":\"<local-command-");
    }

    public TranscriptFacts facts() {
        return new TranscriptFacts(
                Optional.ofNullable(customTitle == null ? madeTitle : customTitle)
                        .map(title -> SafeText.of(title, LONGEST_TITLE))
                        .filter(title -> !title.isEmpty()),
                turns,
                messages,
                Optional.ofNullable(firstAt),
                Optional.ofNullable(lastAt),
                Optional.ofNullable(firstFolder),
                Optional.ofNullable(lastFolder),
                Optional.ofNullable(firstBranch),
                Optional.ofNullable(lastBranch),
                Optional.ofNullable(version),
                Optional.ofNullable(entrypoint));
    }
}
