package dev.sessionrelay.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Pushes, without asking first what the server can do: each of these requests stands alone, and the few abilities that
 * this one names are passed over by a server that lacks them. Without {@code side-band-64k} its answer comes as plain
 * lines; without {@code report-status} it is empty, and the branch itself tells what became of the push. The objects
 * are sent whole, which every server takes.
 */
final class ReceivePack {
    private static final String ABILITIES = "report-status side-band-64k delete-refs ";

    private final String name;
    private final GitHttp http;
    private final Requests requests;
    private final UploadPack reading;

    ReceivePack(String name, GitHttp http, Requests requests, UploadPack reading) {
        this.name = name;
        this.http = http;
        this.requests = requests;
        this.reading = reading;
    }

    Remote.Answer push(Remote.RefChange change, PackOutbox pack) throws IOException {
        GitHttp.GitBody body = body(change, pack);
        Tries tries = new Tries();
        while (true) {
            try {
                return judge(change, http.send(new GitHttp.GitRequest(Requests.WRITE, body, true), PushAnswer::read));
            } catch (HttpRefusal e) {
                tries.failed(e, requests.words().of(e, true));
            } catch (PacketReader.NotGit e) {
                throw requests.words().of(new ConnectionFailure(e));
            } catch (ConnectionFailure e) {
                // A server that forbids the push may close the line before it has read it all: asked alone, it says
                // why.
                requests.ask("info/refs?service=" + Requests.WRITE, null, in -> true);
                tries.failed(e, requests.words().of(e));
            }
            // The push may have arrived all the same.
            Optional<ObjectId> now = tipOf(change.ref());
            if (now.equals(change.to())) {
                return Remote.Answer.DONE;
            }
            if (!now.equals(change.from())) {
                return Remote.Answer.MOVED_PERHAPS_BY_THIS;
            }
            tries.pause();
        }
    }

    private static GitHttp.GitBody body(Remote.RefChange change, PackOutbox pack) {
        byte[] command = new PacketWriter()
                .line(change.oldId().name() + " " + change.newId().name() + " " + change.ref() + "\0" + ABILITIES
                        + HttpRemote.AGENT)
                .flush();
        return new GitHttp.GitBody() {
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
    }

    private Optional<ObjectId> tipOf(String branch) throws IOException {
        return reading.refs(List.of(branch)).stream()
                .filter(ref -> ref.name().equals(branch))
                .map(RefLine::id)
                .findFirst();
    }

    private Remote.Answer judge(Remote.RefChange change, PushAnswer answer) {
        if (answer.refused().isEmpty()) {
            return Remote.Answer.DONE;
        }
        if (answer.said().contains("exists; cannot create")) {
            throw Failure.badInput(
                    name + " cannot have a branch " + change.branch() + " besides those it has ("
                            + SafeText.of(answer.said(), 300) + ")",
                    "name another one with --store-branch, or delete the one in its way");
        }
        if (answer.isLostRace()) {
            return Remote.Answer.MOVED;
        }
        throw new PushRefusal(name, change.branch(), answer.refused().get(), answer.said()).inWords();
    }
}
