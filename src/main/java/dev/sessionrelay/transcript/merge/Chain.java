package dev.sessionrelay.transcript.merge;

/** Which records make the conversation. */
public enum Chain {
    /** A session's transcript: records of subagents in it are beside the conversation. */
    OF_SESSION,
    /** A subagent's own file, all of whose records are beside the session's conversation. */
    OF_SUBAGENT
}
