package dev.sessionrelay.github.standin;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A repository with its releases, issues and artifacts. */
public final class Repo {
    private final long id;
    private final String owner;
    private final boolean isPrivate;
    private final Map<Long, Release> releases = new ConcurrentSkipListMap<>();
    private final Map<Integer, Issue> issues = new ConcurrentSkipListMap<>();
    private final Map<Long, Pull> pulls = new ConcurrentSkipListMap<>();
    /** Branches, and whether each has a commit in common with the default one. */
    private final Map<String, Boolean> branches = new ConcurrentSkipListMap<>();

    private volatile boolean workflowsMayOpenPulls = true;
    private volatile String name;
    private volatile boolean archived;
    private volatile boolean empty;

    Repo(long id, String owner, String name, boolean isPrivate) {
        this.id = id;
        this.owner = owner;
        this.name = name;
        this.isPrivate = isPrivate;
    }

    long id() {
        return id;
    }

    public String owner() {
        return owner;
    }

    public String name() {
        return name;
    }

    boolean isPrivate() {
        return isPrivate;
    }

    boolean isArchived() {
        return archived;
    }

    /** Before the first commit. */
    public void empty() {
        empty = true;
    }

    boolean isEmpty() {
        return empty;
    }

    public void archive() {
        archived = true;
    }

    void rename(String newName) {
        name = newName;
    }

    public Map<Long, Pull> pulls() {
        return pulls;
    }

    /** As if somebody had pushed it. */
    public void branch(String branch, boolean onDefault) {
        branches.put(branch, onDefault);
    }

    Map<String, Boolean> branches() {
        return branches;
    }

    /** As a new repository's settings are. */
    public void keepWorkflowsFromOpeningPulls() {
        workflowsMayOpenPulls = false;
    }

    boolean workflowsMayOpenPulls() {
        return workflowsMayOpenPulls;
    }

    public Map<Long, Release> releases() {
        return releases;
    }

    /** As if these assets had arrived torn. */
    public void damage(String beginningOfTheName) {
        releases.values().stream()
                .flatMap(release -> release.assets().values().stream())
                .filter(asset -> asset.name().startsWith(beginningOfTheName))
                .forEach(asset -> asset.overwrite("{\"format\":".getBytes(StandardCharsets.UTF_8)));
    }

    /** As a person would open one. */
    public Issue issue(int number, String body) {
        Issue issue = new Issue(id * 1000 + number, number, body);
        issues.put(number, issue);
        return issue;
    }

    Map<Integer, Issue> issues() {
        return issues;
    }

    void requireWritable() {
        if (archived) {
            throw new Refused(403, "Repository was archived so is read-only.");
        }
    }
}
