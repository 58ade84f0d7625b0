package dev.sessionrelay.git;

import dev.sessionrelay.io.Parallel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** A repository behind smart HTTP. */
final class HttpRemote implements Remote {
    static final String AGENT = "agent=session-relay";

    private static final String HEADS = "refs/heads/";
    private static final int MOST_LINES = 4;

    private final String name;
    private final TempFolder scratch;
    private final FetchedObjects objects;
    private final Requests requests;
    private final UploadPack reading;
    private final ReceivePack writing;

    /** @param inWords what people who read of a failure should know besides its name */
    HttpRemote(String name, String inWords, GitHttp http, TempFolder scratch) {
        this.name = name;
        this.scratch = scratch;
        this.objects = new FetchedObjects(scratch);
        this.requests = new Requests(inWords, http);
        this.reading = new UploadPack(name, requests, objects);
        this.writing = new ReceivePack(name, http, requests, reading);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Repository objects() throws IOException {
        return objects.repository();
    }

    @Override
    public Map<String, ObjectId> branches(Collection<String> prefixes) throws IOException {
        Map<String, ObjectId> found = new TreeMap<>();
        List<String> asked = prefixes.stream().map(prefix -> HEADS + prefix).toList();
        for (RefLine ref : reading.refs(asked)) {
            if (ref.name().startsWith(HEADS)) {
                found.put(ref.name().substring(HEADS.length()), ref.id());
            }
        }
        return found;
    }

    @Override
    public Optional<Tip> defaultBranch() throws IOException {
        return reading.refs(List.of("HEAD")).stream()
                .filter(ref -> ref.name().equals("HEAD") && ref.target().startsWith(HEADS))
                .findFirst()
                .map(ref -> new Tip(ref.target().substring(HEADS.length()), ref.id()));
    }

    @Override
    public void fetchCommits(Collection<ObjectId> commits) throws IOException {
        reading.fetch(objects.missingWithTrees(commits), "blob:none", 1, UploadPack.LARGEST_TREE);
    }

    @Override
    public void fetchHistory(ObjectId tip, int most) throws IOException {
        reading.fetch(List.of(tip), "tree:0", most, UploadPack.LARGEST_TREE);
    }

    @Override
    public void fetchFiles(List<? extends Collection<ObjectId>> shares, long largest) throws IOException {
        List<Callable<Boolean>> work = new ArrayList<>();
        for (Collection<ObjectId> share : shares) {
            List<ObjectId> missing = objects.missing(share);
            work.add(() -> {
                reading.fetch(missing, "", 0, largest);
                return true;
            });
        }
        Parallel.run(MOST_LINES, work);
    }

    @Override
    public Outbox outbox() throws IOException {
        return new PackOutbox(scratch);
    }

    @Override
    public Answer push(RefChange change, Outbox outbox) throws IOException {
        return writing.push(change, (PackOutbox) outbox);
    }

    @Override
    public boolean isPublic() {
        GitHttp.GitRequest anonymous = new GitHttp.GitRequest("info/refs?service=" + Requests.READ, null, false);
        try {
            return requests.send(anonymous, in -> new PacketReader(in).next() == PacketReader.PacketKind.LINE);
        } catch (IOException refusedOrALoginPage) {
            return false;
        }
    }
}
