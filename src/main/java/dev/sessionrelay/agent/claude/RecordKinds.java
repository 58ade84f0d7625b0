package dev.sessionrelay.agent.claude;

import dev.sessionrelay.transcript.RecordField;
import dev.sessionrelay.transcript.RecordScanner;
import java.util.Set;

/**
 * Which records of a transcript may travel. This is the one table of it; docs/design/records.md tells what stands
 * behind each line. It names what may travel, so that whatever Claude Code learns to write next does not by itself.
 */
final class RecordKinds {

    enum Verdict {
        /** A part of the conversation, or a label on it. */
        TRAVELS,
        /** Would act or steer when the conversation is resumed, or is of use to the machine only that wrote it. */
        STAYS,
        /** Not in the table: kept in a store, and restored only where whoever writes there is trusted blindly. */
        UNKNOWN
    }

    /** What was said and done, and what the chain of it consists of. */
    private static final Set<String> CONVERSATION = words("""
            user assistant progress summary content-replacement fork-context-ref marble-origami-commit
            marble-origami-reset marble-origami-snapshot
            """);

    /** Names, links and figures; and what only ever takes something away from a resumed session. */
    private static final Set<String> LABELS = words("""
            agent-color agent-name ai-title attribution-snapshot cost-state custom-title data-flow-incomplete
            data-flow-records derived-from ended-by-model frame-link history-suppression last-prompt pr-link
            queue-operation session-owner tag tools-used
            """);

    /** Logs of what was sent, caches, and checkpoints of files: of use on the machine only that wrote them. */
    private static final Set<String> LOCAL = words("""
            api-request api-request-blob api-request-resumed api-request-shape file-history-delta file-history-snapshot
            host-row resume-head-vouch
            """);

    /**
     * Take the session to another folder or session, set what it may do, as whom and with which instructions, connect
     * it with others, or set something going.
     */
    private static final Set<String> ACTING = words("""
            agent-setting artifact-autoreact-ledger artifact-comment-monitor atis-latch bridge-session continued-in
            dev-mods hybrid-organization isolation-latch memory-mode mode observer-ref permission-mode relocated repl-mode
            worktree-state
            """);

    /** Remarks of the system that are in a conversation; the first releases wrote them without a name. */
    private static final Set<String> REMARKS = words("""
            account_memory_saved agents_killed api_error api_metrics away_summary bridge_status
            code_change_published compact_boundary feedback_draft_queued file_attachments_missing file_snapshot
            inherited_asks_settled informational instruction_size_warning late_allow_not_run local_command
            memory_saved microcompact_boundary model_consent_fallback model_fallback model_refusal_fallback
            model_refusal_no_fallback permission_retry post_turn_summary read_divider rewind_stand_in
            scheduled_task_fire session_writes_lost snip_boundary snip_marker stop_hook_summary task_summary
            thinking turn_duration turn_handoff_available turn_preempted voice_call_talk
            """);

    /** What was put before the model because somebody said or opened something, or because something happened. */
    private static final Set<String> TOLD = words("""
            already_read_file at_mention_reference compact_file_reference diagnostics directory
            edited_image_file edited_text_file file inlined_image_paths max_turns_reached mcp_resource
            message_pdf_reads opened_file_in_ide pdf_reference plan_file_reference project_doc_reads
            queued_command read_truncation_notice selected_lines_in_diff selected_lines_in_ide structured_output
            task_reminder task_status teammate_mailbox thinking_drop thinking_stripped todo_reminder
            tool_host_result_lines tool_results_cut advisor_stripped whole_texts_withdrawn
            """);

    /**
     * What Claude Code says to the model by itself, made of this machine's settings, instructions, tools and hooks, or
     * sets going. It makes all of that anew where it resumes.
     */
    private static final Set<String> MADE_ANEW = words("""
            account_memory_recall advisor_tool agent_ask_notice agent_listing_delta agent_mention
            artifact_opening_prefetch async_hook_response async_hook_response_batch attention_budget auto_mode
            auto_mode_exit bash_output_audience_note batching_reminder batching_reminder_sent budget_usd
            claude_app_notice command_permissions context_efficiency context_sections coordinator_context
            cowork_memory_context credential_org critical_system_reminder date date_change deferred_tools_delta
            deferred_tools_record dir_sync_notice dynamic_skill elapsed_time_reminder environment first_week
            fork_briefing goal_status goals hook_additional_context hook_blocking_error hook_cancelled
            hook_deferred_tool hook_error_during_execution hook_non_blocking_error hook_permission_decision
            hook_plugin_listing hook_stopped_continuation hook_success hook_system_message
            instruction_files_not_loaded instructions invoked_skills language linked_plugin_tools_note
            mcp_dropped_tools_delta mcp_instructions_delta memory_update model nested_memory output_limit_note
            output_style output_style_instructions output_token_usage peer_mention plan_mode plan_mode_exit
            plan_mode_reentry plugin_note poll_events prefix_delta proactivity progress_reminder_sent
            projects_thread_ask prompt_as_file prompt_render_point prompt_snapshot relevant_memories
            remote_session_change repl_mcp_needs_auth repl_mcp_servers sandbox_instructions secondary_reminder
            secondary_reminder_sent session_context session_cron_carry silent_turn_reminder skill_listing
            skill_mention team_context teammate_shutdown_batch thread_state token_usage tool_hosts_correction
            tool_hosts_notice tool_offer_record tool_search_usage_reminder total_tokens_reminder
            ultra_effort_enter ultra_effort_exit ultramemory ultrathink_effort unknown_command_fallback
            verify_plan_reminder widget_context_hint withheld_memory workflow_keyword_request
            workflow_size_guideline_change
            """);

    /** Of those that stay, what does something at once, without a word to anybody. */
    private static final Set<String> AT_ONCE =
            words("bridge-session hook_deferred_tool session_cron_carry worktree-state");

    private RecordKinds() {}

    private static Set<String> words(String words) {
        return Set.of(words.strip().split("\\s+"));
    }

    static Verdict verdict(RecordScanner record) {
        String type = type(record);
        return switch (type) {
            case "system" ->
                (!record.has(RecordField.SUBTYPE)
                                || record.text(RecordField.SUBTYPE)
                                        .filter(REMARKS::contains)
                                        .isPresent())
                        ? Verdict.TRAVELS
                        : Verdict.UNKNOWN;
            case "attachment" ->
                record.has(RecordField.RENDERED_ROLE) && record.startOf(RecordField.RENDERED_ROLE) == 0
                        ? Verdict.UNKNOWN
                        : verdict(kind(record), TOLD, MADE_ANEW);
            default ->
                CONVERSATION.contains(type)
                        ? Verdict.TRAVELS
                        : LOCAL.contains(type) ? Verdict.STAYS : verdict(type, LABELS, ACTING);
        };
    }

    private static Verdict verdict(String kind, Set<String> travelling, Set<String> staying) {
        return travelling.contains(kind) ? Verdict.TRAVELS : staying.contains(kind) ? Verdict.STAYS : Verdict.UNKNOWN;
    }

    static boolean actsAtOnce(RecordScanner record) {
        return AT_ONCE.contains(name(record));
    }

    /** What a record that stays is called. */
    static String name(RecordScanner record) {
        String type = type(record);
        return type.equals("attachment") ? kind(record) : type;
    }

    private static String type(RecordScanner record) {
        return record.text(RecordField.TYPE).orElse("");
    }

    private static String kind(RecordScanner record) {
        return record.text(RecordField.ATTACHMENT_TYPE).orElse("");
    }
}
