package dev.sessionrelay.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What erk notes in the comments below a plan: blocks like the header's, of other names, each with a session's id. */
public final class Comments {
    private final List<String> texts;

    public Comments(List<String> texts) {
        this.texts = List.copyOf(texts);
    }

    /** The sessions in blocks of these names, in the order of the comments. */
    public List<String> sessionsIn(String... blocks) {
        Set<String> ids = new LinkedHashSet<>();
        for (String text : texts) {
            for (String block : blocks) {
                Block.find(text, block)
                        .flatMap(found -> found.fields().text("session_id"))
                        .ifPresent(ids::add);
            }
        }
        return List.copyOf(ids);
    }
}
