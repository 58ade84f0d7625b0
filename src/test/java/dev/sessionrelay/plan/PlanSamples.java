package dev.sessionrelay.plan;

/** Headers as erk renders them. */
public final class PlanSamples {
    static final String WARNING = "<!-- WARNING: Machine-generated. Manual edits may break erk tooling. -->\n";
    public static final String FIELDS = """
            schema_version: '2'
            created_at: '2026-01-21T10:00:00+00:00'
            created_by: octocat
            plan_comment_id: 3786390277
            last_dispatched_run_id: null
            last_dispatched_node_id: null
            last_dispatched_at: null
            last_local_impl_at: null
            last_local_impl_event: null
            last_local_impl_session: null
            last_local_impl_user: null
            last_remote_impl_at: null
            last_remote_impl_run_id: null
            last_remote_impl_session_id: null
            created_from_session: 7c53d351-013c-4308-a705-3cc3387680a2
            """;

    private PlanSamples() {}

    /** As both eras of erk render it. */
    public static String block(String summary, String fields, String closing) {
        return "<!-- erk:metadata-block:plan-header -->\n<details>\n<summary>" + summary + "</summary>\n\n```yaml\n\n"
                + fields.stripTrailing() + "\n\n```\n\n</details>\n" + closing;
    }

    public static String modern(String fields) {
        return WARNING + block("plan-header", fields, "<!-- /erk:metadata-block:plan-header -->");
    }
}
