package dev.sessionrelay.git;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Requests to one repository that change nothing: each is sent again while what went wrong may pass. */
final class Requests {
    static final String READ = "git-upload-pack";
    static final String WRITE = "git-receive-pack";

    private final String name;
    private final GitHttp http;

    Requests(String name, GitHttp http) {
        this.name = name;
        this.http = http;
    }

    <T> T ask(String path, byte @Nullable [] body, GitHttp.AnswerReader<T> reading) throws IOException {
        try {
            return send(new GitHttp.GitRequest(path, body == null ? null : GitHttp.GitBody.of(body), true), reading);
        } catch (HttpRefusal e) {
            throw words().of(e, path.contains(WRITE));
        } catch (PacketReader.NotGit e) {
            throw words().of(new ConnectionFailure(e));
        }
    }

    Greeting greeting() throws IOException {
        return ask("info/refs?service=" + READ, null, Greeting::read);
    }

    /** @throws HttpRefusal when the server says no, and will again; NotGit when it is no git server */
    <T> T send(GitHttp.GitRequest request, GitHttp.AnswerReader<T> reading) throws IOException {
        Tries tries = new Tries();
        while (true) {
            try {
                return http.send(request, reading);
            } catch (HttpRefusal e) {
                if (!e.isPassing()) {
                    throw e;
                }
                tries.failed(e, words().of(e, request.path().contains(WRITE)));
            } catch (ConnectionFailure e) {
                tries.failed(e, words().of(e));
            }
            tries.pause();
        }
    }

    TransportErrors words() {
        return new TransportErrors(name, http.repository(), http.hasToken(), http.proxy());
    }
}
