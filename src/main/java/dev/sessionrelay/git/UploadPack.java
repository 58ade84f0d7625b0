package dev.sessionrelay.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** What is read from a server, in the second version of git's protocol: a request says all that its answer needs. */
final class UploadPack {
    /** What nobody's folders or commits need, and a hostile server might send. */
    static final long LARGEST_TREE = 64L << 20;

    private static final long LARGEST_OF_ALL = 1L << 30;

    static final int MOST_REFS = 100_000;

    private final String name;
    private final Requests requests;
    private final FetchedObjects objects;
    private boolean filters = true;
    private volatile @Nullable EarlierProtocol earlier;
    private volatile boolean speaksTheSecond;

    UploadPack(String name, Requests requests, FetchedObjects objects) {
        this.name = name;
        this.requests = requests;
        this.objects = objects;
    }

    List<RefLine> refs(Collection<String> prefixes) throws IOException {
        PacketWriter request = new PacketWriter()
                .line("command=ls-refs")
                .line(HttpRemote.AGENT)
                .delimiter()
                .line("symrefs");
        prefixes.forEach(prefix -> request.line("ref-prefix " + prefix));
        try {
            EarlierProtocol known = earlier;
            return known == null ? requests.ask(Requests.READ, request.flush(), this::readRefs) : known.refs(prefixes);
        } catch (NotSpoken e) {
            Greeting greeting = requests.greeting();
            greeting.requireKnownNames(name);
            if (greeting.isOfTheLatestVersion()) {
                speaksTheSecond = true;
            } else {
                earlier = new EarlierProtocol(requests, greeting);
            }
            return refs(prefixes);
        } catch (SideBand.ServerGaveUp e) {
            throw Failure.unreachable(
                    name + " does not tell its branches: " + e.getMessage(),
                    "ask who runs it, or keep sessions in another repository: nothing was changed");
        }
    }

    /** What git answers to a request of a version that it does not speak, or of other names: nothing at all. */
    private static final class NotSpoken extends IOException {
        private static final long serialVersionUID = 1;

        NotSpoken() {
            super("the answer is empty");
        }
    }

    private List<RefLine> readRefs(InputStream in) throws IOException {
        PacketReader packets = new PacketReader(in);
        List<RefLine> refs = new ArrayList<>();
        PacketReader.PacketKind kind = packets.next();
        if (kind == PacketReader.PacketKind.END) {
            // Of a server that speaks it, an empty answer is one that broke off, and the request is sent again.
            NotSpoken empty = new NotSpoken();
            throw speaksTheSecond ? new ConnectionFailure(empty) : empty;
        }
        while (kind == PacketReader.PacketKind.LINE) {
            SideBand.requireNoError(packets.text());
            RefLine.parse(packets.text()).ifPresent(refs::add);
            if (refs.size() > MOST_REFS) {
                throw new SideBand.ServerGaveUp("they are more than " + MOST_REFS);
            }
            kind = packets.next();
        }
        if (kind == PacketReader.PacketKind.END) {
            throw new ConnectionFailure(new IOException("the list of branches was cut off"));
        }
        return refs;
    }

    /**
     * @param filter which of the objects below the wanted ones to leave out; empty for none
     * @param depth how many commits; 0 where files are wanted
     * @param largest no object may have more bytes
     */
    void fetch(List<ObjectId> wanted, String filter, int depth, long largest) throws IOException {
        if (wanted.isEmpty()) {
            return;
        }
        EarlierProtocol known = earlier;
        boolean filtered = known == null && filters && !filter.isEmpty();
        try {
            byte[] request =
                    known == null ? request(wanted, filtered ? filter : "", depth) : known.request(wanted, depth);
            requests.ask(Requests.READ, request, in -> {
                objects.receive(
                        known == null ? pack(in) : EarlierProtocol.pack(in),
                        filtered ? largest : Math.max(largest, LARGEST_OF_ALL),
                        name);
                return true;
            });
        } catch (SideBand.ServerGaveUp e) {
            if (!filtered) {
                throw Failure.unreachable(
                        name + " does not hand out what was asked for: "
                                + SafeText.of(String.valueOf(e.getMessage()), 300),
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
                .line(HttpRemote.AGENT)
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
                    SideBand.requireNoError(packets.text());
                    if (packets.text().equals("packfile")) {
                        return new SideBand(packets);
                    }
                }
                case DELIMITER -> {}
                case FLUSH, END -> throw new SideBand.ServerGaveUp("the answer holds no pack");
            }
        }
    }
}
