package dev.sessionrelay.github.standin;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** All that the stand-in remembers. */
public final class Hub {
    private final AtomicLong ids = new AtomicLong(1000);
    private final Map<String, Repo> repos = new ConcurrentHashMap<>();
    private final Map<String, String> renamed = new ConcurrentHashMap<>();
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final Map<String, byte[]> tickets = new ConcurrentHashMap<>();
    private volatile Optional<CreationLimit> limit = Optional.empty();
    private final AtomicBoolean breakUpload = new AtomicBoolean();
    private final AtomicInteger lag = new AtomicInteger();

    public Repo repository(String fullName, boolean isPrivate) {
        String[] parts = fullName.split("/", 2);
        Repo repo = new Repo(nextId(), parts[0], parts[1], isPrivate);
        repos.put(fullName, repo);
        return repo;
    }

    /** As somebody without this program would. */
    public Release release(Repo repo, String tag, boolean draft) {
        Release release = new Release(nextId(), tag, "Claude Session for " + tag, "", draft);
        repo.releases().put(release.id(), release);
        return release;
    }

    /** Uploads as {@code gh release upload --clobber} does: what has the name is deleted before. */
    public Asset clobber(Release release, String name, byte[] bytes) {
        release.asset(name).ifPresent(old -> release.assets().remove(old.id()));
        Asset asset = new Asset(nextId(), name, "", "application/gzip", "uploaded", bytes);
        release.assets().put(asset.id(), asset);
        return asset;
    }

    /** An asset as some program has left it. */
    public Asset asset(Release release, String name, String label, byte[] bytes) {
        Asset asset = new Asset(nextId(), name, label, "application/octet-stream", "uploaded", bytes);
        release.assets().put(asset.id(), asset);
        return asset;
    }

    /** As GitHub's secondary limits: so many calls that create content in a time, then none for a while. */
    public void limit(int creations, Duration window, String retryAfter) {
        limit = Optional.of(new CreationLimit(creations, window, retryAfter));
    }

    Optional<CreationLimit> limit() {
        return limit;
    }

    public void rename(String fullName, String newName) {
        Repo repo = repos.remove(fullName);
        repo.rename(newName);
        repos.put(repo.owner() + "/" + newName, repo);
        renamed.put(fullName, repo.owner() + "/" + newName);
    }

    public void grant(String token, Grant grant) {
        grants.put(token, grant);
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    Optional<Grant> grantOf(String token) {
        return Optional.ofNullable(grants.get(token));
    }

    Optional<Repo> repo(String fullName) {
        return Optional.ofNullable(repos.get(fullName));
    }

    Optional<Repo> repoById(long id) {
        return repos.values().stream().filter(repo -> repo.id() == id).findFirst();
    }

    Optional<Repo> renamed(String fullName) {
        return Optional.ofNullable(renamed.get(fullName)).flatMap(this::repo);
    }

    /** A one-time address on the host for downloads. */
    String ticket(byte[] bytes) {
        String ticket = UUID.randomUUID().toString();
        tickets.put(ticket, bytes);
        return ticket;
    }

    Optional<byte[]> download(String ticket) {
        return Optional.ofNullable(tickets.get(ticket));
    }

    /** So many lists are answered as if the newest release were not there yet. */
    public void lag(int lists) {
        lag.set(lists);
    }

    boolean lags() {
        return lag.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    void breakUpload() {
        breakUpload.set(true);
    }

    boolean breakNextUpload() {
        return breakUpload.getAndSet(false);
    }
}
