package dev.sessionrelay.git;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Reading from a server that speaks the versions of git's protocol before the second: it lists all of its branches each
 * time, and hands out what these name, whole. So a commit is fetched with its files.
 */
final class EarlierProtocol {
    private final Requests requests;
    private volatile Greeting greeting;

    EarlierProtocol(Requests requests, Greeting greeting) {
        this.requests = requests;
        this.greeting = greeting;
    }

    List<RefLine> refs(Collection<String> prefixes) throws IOException {
        greeting = requests.greeting();
        return greeting.refs().stream()
                .filter(ref -> prefixes.stream().anyMatch(ref.name()::startsWith))
                .toList();
    }

    byte[] request(List<ObjectId> wanted, int depth) {
        boolean cuts = depth > 0 && greeting.can("shallow");
        PacketWriter request = new PacketWriter();
        String abilities = " side-band-64k ofs-delta no-progress" + (cuts ? " shallow" : "") + " " + HttpRemote.AGENT;
        for (ObjectId id : wanted) {
            request.line("want " + id.name() + abilities);
            abilities = "";
        }
        if (cuts) {
            request.line("deepen " + depth);
        }
        return request.end().line("done").bytes();
    }

    /** Where the history is cut comes first, then that nothing was in common, then the pack. */
    static InputStream pack(InputStream in) throws IOException {
        PacketReader packets = new PacketReader(in);
        while (true) {
            switch (packets.next()) {
                case LINE -> {
                    SideBand.requireNoError(packets.text());
                    if (packets.text().equals("NAK")) {
                        return new SideBand(packets);
                    }
                }
                case FLUSH, DELIMITER -> {}
                case END -> throw new SideBand.ServerGaveUp("the answer holds no pack");
            }
        }
    }
}
