package dev.sessionrelay.store.release;

import dev.sessionrelay.session.Manifest;

/**
 * What a draft says of itself to people and to tools. A person is warned by its name and its text. Tools that make
 * releases take any draft that lies about for their own next one, unless it is a pre-release.
 */
record Notice(String title, String text) {

    static Notice of(TagName tag, Manifest manifest) {
        String notes = "Session ID: " + manifest.sessionId() + "\nTimestamp: "
                + ScriptsMetadata.of(manifest, tag).timestamp() + "\nBranch: " + tag.branch();
        return new Notice(
                "Do not publish: Claude Session for " + tag.branch(),
                "**Do not publish this draft.** It is not a release of this project: it holds conversations with Claude Code,"
                        + " which Session Relay keeps here. A draft is shown only to those who may push to this repository."
                        + " Published, everybody could read them.\n\n"
                        + notes);
    }
}
