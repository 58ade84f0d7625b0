package dev.sessionrelay.store.git.wire;

import dev.sessionrelay.bundle.Printable;
import dev.sessionrelay.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** A repository behind smart HTTP. */
final class HttpRemote implements Remote {
    private static final String HEADS = "refs/heads/";
    private static final String READ = "git-upload-pack";
    private static final String WRITE = "git-receive-pack";
    private static final String AGENT = "agent=session-relay";
    private static final long LARGEST_TREE = 64L << 20;
    private static final int MOST_TRIES = 4;

    private final String name;
    private final GitHttp http;
    private final Scratch scratch;
    private final FetchedObjects objects;
    private boolean filters = true;

    HttpRemote(String name, GitHttp http, Scratch scratch) {
        this.name = name;
        this.http = http;
        this.scratch = scratch;
        this.objects = new FetchedObjects(scratch);
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
    public Outbox outbox() throws IOException {
        return new PackOutbox(scratch);
    }

    @Override
    public Map<String, ObjectId> branches(Collection<String> prefixes) throws IOException {
        Map<String, ObjectId> found = new TreeMap<>();
        List<String> asked = prefixes.stream().map(prefix -> HEADS + prefix).toList();
        for (RefLine ref : refs(asked)) {
            if (ref.name().startsWith(HEADS)) {
                found.put(ref.name().substring(HEADS.length()), ref.id());
            }
        }
        return found;
    }

    @Override
    public Optional<Tip> defaultBranch() throws IOException {
        return refs(List.of("HEAD")).stream()
                .filter(ref -> ref.name().equals("HEAD") && ref.target().startsWith(HEADS))
                .findFirst()
                .map(ref -> new Tip(ref.target().substring(HEADS.length()), ref.id()));
    }

    private record RefLine(ObjectId id, String name, String target) {
        /** {@code <id> <name>[ symref-target:<name>]…}; a branch without a commit has no id. */
        static Optional<RefLine> parse(String line) {
            String[] words = line.split(" ", -1);
            if (words.length < 2 || !ObjectId.isId(words[0])) {
                return Optional.empty();
            }
            String target = "";
            for (String word : words) {
                target = word.startsWith("symref-target:") ? word.substring("symref-target:".length()) : target;
            }
            return Optional.of(new RefLine(ObjectId.fromString(words[0]), words[1], target));
        }
    }

    private List<RefLine> refs(List<String> prefixes) throws IOException {
        PacketWriter request = new PacketWriter()
                .line("command=ls-refs")
                .line(AGENT)
                .delimiter()
                .line("symrefs");
        prefixes.forEach(prefix -> request.line("ref-prefix " + prefix));
        return ask(READ, request.flush(), in -> {
            PacketReader packets = new PacketReader(in);
            List<RefLine> refs = new ArrayList<>();
            PacketReader.Kind kind = packets.next();
            while (kind == PacketReader.Kind.LINE) {
                requireNoError(packets.text());
                RefLine.parse(packets.text()).ifPresent(refs::add);
                kind = packets.next();
            }
            if (kind == PacketReader.Kind.END) {
                throw new Broken(new IOException("the list of branches was cut off"));
            }
            return refs;
        });
    }

    @Override
    public void fetchCommits(Collection<ObjectId> commits) throws IOException {
        fetch(objects.missing(commits), "blob:none", 1, LARGEST_TREE);
    }

    @Override
    public void fetchHistory(ObjectId tip, int most) throws IOException {
        fetch(List.of(tip), "tree:0", most, LARGEST_TREE);
    }

    @Override
    public void fetchFiles(Collection<ObjectId> files, long largest) throws IOException {
        fetch(objects.missing(files), "", 0, largest);
    }

    private void fetch(List<ObjectId> wanted, String filter, int depth, long largest) throws IOException {
        if (wanted.isEmpty()) {
            return;
        }
        boolean filtered = filters && !filter.isEmpty();
        try {
            ask(READ, request(wanted, filtered ? filter : "", depth), in -> {
                objects.receive(pack(in), filtered ? largest : Math.max(largest, 1L << 30), name);
                return true;
            });
        } catch (SideBand.ServerGaveUp e) {
            if (!filtered) {
                throw Failure.unreachable(
                        name + " does not hand out what was asked for: "
                                + Printable.of(String.valueOf(e.getMessage()), 300),
                        "try again: another writer may have removed it meanwhile");
            }
            // The server knows no filters (uploadpack.allowFilter): everything is fetched then.
            filters = false;
            fetch(wanted, filter, depth, largest);
        }
    }

    private static byte[] request(List<ObjectId> wanted, String filter, int depth) {
        PacketWriter request = new PacketWriter()
                .line("command=fetch")
                .line(AGENT)
                .delimiter()
                .line("no-progress")
                .line("ofs-delta");
        wanted.forEach(id -> request.line("want " + id.name()));
        if (depth > 0) {
            request.line("deepen " + depth);
        }
        if (!filter.isEmpty()) {
            request.line("filter " + filter);
        }
        return request.line("done").flush();
    }

    private static InputStream pack(InputStream in) throws IOException {
        PacketReader packets = new PacketReader(in);
        while (true) {
            switch (packets.next()) {
                case LINE -> {
                    requireNoError(packets.text());
                    if (packets.text().equals("packfile")) {
                        return new SideBand(packets);
                    }
                }
                case DELIMITER -> {}
                case FLUSH, END -> throw new SideBand.ServerGaveUp("the answer holds no pack");
            }
        }
    }

    private static void requireNoError(String line) throws SideBand.ServerGaveUp {
        if (line.startsWith("ERR ")) {
            throw new SideBand.ServerGaveUp(line.substring("ERR ".length()));
        }
    }

    @Override
    public Answer push(RefChange change, Outbox outbox) throws IOException {
        byte[] command = new PacketWriter()
                .line(change.oldId().name() + " " + change.newId().name() + " " + change.ref()
                        + "\0report-status side-band-64k delete-refs " + AGENT)
                .flush();
        PackOutbox pack = (PackOutbox) outbox;
        GitHttp.Body body = new GitHttp.Body() {
            @Override
            public long length() {
                return command.length + pack.packSize();
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                out.write(command);
                pack.writePack(out);
            }
        };
        Pause pause = pause();
        for (int tries = 1; ; tries++) {
            try {
                PushAnswer answer = http.send(new GitHttp.Request(WRITE, body, true), PushAnswer::read);
                return judge(change, answer);
            } catch (HttpRefusal e) {
                if (!e.isPassing() || tries == MOST_TRIES) {
                    throw words().of(e, true);
                }
            } catch (PacketReader.NotGit e) {
                throw words().of(new Broken(e));
            } catch (Broken e) {
                // A server that forbids the push may close the line before it has read it all: asked alone, it says
                // why.
                ask("info/refs?service=" + WRITE, null, in -> true);
                if (!mayPass(e, tries)) {
                    throw words().of(e);
                }
            }
            // The push may have arrived all the same.
            Optional<ObjectId> now =
                    Optional.ofNullable(branches(List.of(change.branch())).get(change.branch()));
            if (now.equals(change.to())) {
                return Answer.DONE;
            }
            if (!now.equals(change.from())) {
                return Answer.MOVED_PERHAPS_BY_THIS;
            }
            pause.take();
        }
    }

    private Answer judge(RefChange change, PushAnswer answer) {
        if (answer.refused().isEmpty()) {
            return Answer.DONE;
        }
        if (answer.said().contains("exists; cannot create")) {
            throw Failure.badInput(
                    name + " cannot have a branch " + change.branch() + " besides those it has ("
                            + Printable.of(answer.said(), 300) + ")",
                    "name another one with --store-branch, or delete the one in its way");
        }
        if (answer.isLostRace()) {
            return Answer.MOVED;
        }
        throw new PushRefusal(name, change.branch(), answer.refused().get(), answer.said()).inWords();
    }

    @Override
    public boolean isPublic() {
        GitHttp.Request anonymous = new GitHttp.Request("info/refs?service=" + READ, null, false);
        Pause pause = pause();
        for (int tries = 1; ; tries++) {
            try {
                return http.send(anonymous, in -> new PacketReader(in).next() == PacketReader.Kind.LINE);
            } catch (PacketReader.NotGit loginPage) {
                return false;
            } catch (HttpRefusal e) {
                if (!e.isPassing()) {
                    return false;
                }
                giveUpOrWait(tries, pause, words().of(e, true));
            } catch (Broken e) {
                giveUpOrWait(mayPass(e, tries) ? tries : MOST_TRIES, pause, words().of(e));
            } catch (IOException e) {
                return false;
            }
        }
    }

    private static void giveUpOrWait(int tries, Pause pause, Failure failure) {
        if (tries >= MOST_TRIES) {
            throw failure;
        }
        pause.take();
    }

    /** One request that may be repeated. */
    private <T> T ask(String path, byte @Nullable [] body, GitHttp.Reading<T> reading) throws IOException {
        GitHttp.Request request = new GitHttp.Request(path, body == null ? null : GitHttp.Body.of(body), true);
        Pause pause = pause();
        for (int tries = 1; ; tries++) {
            try {
                return http.send(request, reading);
            } catch (HttpRefusal e) {
                giveUpOrWait(e.isPassing() ? tries : MOST_TRIES, pause, words().of(e, path.contains(WRITE)));
            } catch (PacketReader.NotGit e) {
                throw words().of(new Broken(e));
            } catch (Broken e) {
                giveUpOrWait(mayPass(e, tries) ? tries : MOST_TRIES, pause, words().of(e));
            }
        }
    }

    private static boolean mayPass(Broken e, int tries) {
        return switch (e.why()) {
            case SSLException never -> false;
            case UnknownHostException rarely -> tries < 2;
            case SocketTimeoutException slow -> tries < 2;
            default -> tries < MOST_TRIES;
        };
    }

    private static Pause pause() {
        return new Pause(Duration.ofMillis(300), Duration.ofSeconds(5));
    }

    private Words words() {
        return new Words(name, http.repository(), http.hasToken(), http.proxy());
    }
}
