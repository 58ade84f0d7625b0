package dev.sessionrelay.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What erk asks of a header, in its words. Fields that are not known here are let pass: a younger erk has more. */
final class HeaderRules {
    private static final List<String> REQUIRED = List.of("schema_version", "created_at", "created_by");
    private static final List<String> STRINGS = List.of(
            "last_dispatched_run_id",
            "last_dispatched_node_id",
            "last_dispatched_at",
            "last_local_impl_at",
            "last_local_impl_event",
            "last_local_impl_session",
            "last_local_impl_user",
            "last_remote_impl_at",
            "last_remote_impl_run_id",
            "last_remote_impl_session_id",
            "worktree_name",
            "branch_name",
            "source_repo",
            "created_from_session",
            "last_learn_session",
            "last_learn_at",
            LastSession.GIST_URL,
            LastSession.GIST_ID,
            LastSession.BRANCH,
            LastSession.ID,
            LastSession.AT,
            LastSession.SOURCE);

    private final Fields fields;
    private final List<String> problems = new ArrayList<>();

    private HeaderRules(Fields fields) {
        this.fields = fields;
    }

    static List<String> problemsOf(Fields fields) {
        HeaderRules rules = new HeaderRules(fields);
        rules.check();
        return rules.problems;
    }

    private void check() {
        List<String> missing = REQUIRED.stream().filter(key -> !fields.has(key)).toList();
        if (!missing.isEmpty()) {
            problems.add("Missing required fields: " + String.join(", ", missing));
        }
        fields.text("schema_version")
                .filter(version -> !version.equals("2"))
                .ifPresent(version -> problems.add("Invalid schema_version '" + version + "'. Must be '2'"));
        Stream.of("created_at", "created_by").filter(fields::has).forEach(this::requireText);
        STRINGS.forEach(this::allowText);
        requireOneOf("last_local_impl_event", "started", "ended");
        requireOneOf(LastSession.SOURCE, "local", "remote");
        requireNumber();
        fields.text("source_repo")
                .filter(repository -> !repository.matches("[^/\\s]+/[^/\\s]+"))
                .ifPresent(repository -> problems.add("source_repo must be in 'owner/repo' format"));
    }

    private void requireText(String key) {
        Optional<String> text = fields.text(key);
        if (text.isEmpty() || isCollection(key)) {
            problems.add(key + " must be a string");
        } else if (text.get().isEmpty()) {
            problems.add(key + " must not be empty");
        }
    }

    private void allowText(String key) {
        Optional<String> text = fields.text(key);
        if (isCollection(key)) {
            problems.add(key + " must be a string or null");
        } else if (text.filter(String::isEmpty).isPresent()) {
            problems.add(key + " must not be empty when provided");
        }
    }

    private boolean isCollection(String key) {
        return fields.field(key)
                .map(field -> field.written().strip())
                .filter(written -> written.startsWith("[") || written.startsWith("{") || written.startsWith("- "))
                .isPresent();
    }

    private void requireOneOf(String key, String one, String other) {
        fields.text(key)
                .filter(value -> !value.equals(one) && !value.equals(other))
                .ifPresent(
                        value -> problems.add(key + " must be '" + one + "' or '" + other + "', got '" + value + "'"));
    }

    private void requireNumber() {
        Optional<Fields.Field> field = fields.field("plan_comment_id");
        Optional<String> text = fields.text("plan_comment_id");
        if (field.isPresent() && text.isPresent()) {
            if (Scalar.isQuoted(field.get().written()) || !text.get().matches("-?\\d+")) {
                problems.add("plan_comment_id must be an integer or null");
            } else if (!text.get().matches("0*[1-9]\\d*")) {
                problems.add("plan_comment_id must be positive when provided");
            }
        }
    }
}
