package dev.sessionrelay.github;

/** What a token must be allowed, in the three languages that tokens have. */
public enum Permission {
    METADATA("metadata: read", "Metadata: read", "repo"),
    CONTENTS_READ("contents: read", "Contents: read", "repo"),
    /** Drafts are shown only to those who may push. */
    CONTENTS_WRITE("contents: write", "Contents: read and write", "repo"),
    ISSUES_READ("issues: read", "Issues: read", "repo"),
    ISSUES_WRITE("issues: write", "Issues: read and write", "repo"),
    PULL_REQUESTS_WRITE("pull-requests: write", "Pull requests: read and write", "repo"),
    ACTIONS_READ("actions: read", "Actions: read", "repo"),
    GIST("", "Gists: read and write", "gist"),
    /** Whoever knows its id may read a gist. */
    GIST_READ("", "Gists: read", ""),
    NOTHING("", "", "");

    private final String ofWorkflow;
    private final String ofFineGrained;
    private final String scope;

    Permission(String ofWorkflow, String ofFineGrained, String scope) {
        this.ofWorkflow = ofWorkflow;
        this.ofFineGrained = ofFineGrained;
        this.scope = scope;
    }

    /** As it is written under {@code permissions:} in a workflow; empty where no workflow's own token can have it. */
    String ofWorkflow() {
        return ofWorkflow;
    }

    /** As the page for fine-grained tokens calls it. */
    String ofFineGrained() {
        return ofFineGrained;
    }

    /** The scope of a classic token. */
    String scope() {
        return scope;
    }
}
