package dev.sessionrelay.store.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.testing.Bundles;
import dev.sessionrelay.testing.Conversation;
import dev.sessionrelay.testing.GitCommand;
import dev.sessionrelay.testing.GitHost;
import dev.sessionrelay.testing.Needs;
import dev.sessionrelay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real host whose hooks say what GitHub says. */
@Needs({Tool.GIT, Tool.LIGHTTPD})
class HooksIT {
    @TempDir
    private Path temporary;

    private GitHost host;
    private Path repository;

    @BeforeEach
    void startHost() throws IOException {
        host = GitHost.start(temporary);
        repository = host.repository("owner/name.git");
    }

    @AfterEach
    void stopHost() {
        host.close();
    }

    private Failure save() {
        return save(host.environment());
    }

    private Failure save(Map<String, String> environment) {
        SessionStore store = new GitKind().open("owner/name", new StoreContext(environment, temporary, Map.of()));
        Failure failure = catchThrowableOfType(
                Failure.class, () -> store.save(Bundles.of(Conversation.id(1)).build(), Optional.empty()));
        assertThat(failure.describe()).doesNotContain(GitHost.TOKEN);
        return failure;
    }

    private void hook(String name, String script) throws IOException {
        Path hook = Files.createDirectories(repository.resolve("hooks")).resolve(name);
        Files.writeString(hook, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void saysWhatPushProtectionFound() throws IOException {
        hook("pre-receive", """
                cat >&2 <<'END'
                error: GH013: Repository rule violations found for refs/heads/session-relay/pr-12.

                - GITHUB PUSH PROTECTION
                  —————————————————————————————————————————
                    Resolve the following violations before pushing again

                    - Push cannot contain secrets

                      —— GitHub Personal Access Token ——————————————————————
                       locations:
                         - commit: 8728dbe67
                END
                exit 1
                """);

        assertThat(save()).hasMessageContaining("(GH013): GitHub Personal Access Token");
    }

    /** Only this hook can refuse one branch in the words that GitHub uses for it. */
    @Test
    void saysThatABranchIsProtected() throws IOException {
        GitCommand.in(repository).run("config", "receive.procReceiveRefs", "refs");
        hook("proc-receive", """
                packets() {
                  while :; do
                    length=$(dd bs=1 count=4 2>/dev/null)
                    [ -n "$length" ] && [ "$length" != 0000 ] || return 0
                    line=$(dd bs=1 count=$((0x$length - 4)) 2>/dev/null | tr '\\000' ' ')
                    case $line in *" refs/"*) ref=${line##* } ;; esac
                  done
                }
                packet() { printf '%04x%s' $((${#1} + 4)) "$1"; }
                packets
                printf '000eversion=1\\000' && printf 0000
                packets
                packet "ng $ref protected branch hook declined" && printf 0000
                """);

        assertThat(save()).hasMessageContaining("branch session-relay/pr-12 of").hasMessageContaining("is protected");
    }

    @Test
    void saysThatTheTokenIsWrong() {
        Map<String, String> environment = new HashMap<>(host.environment());
        environment.put("GITHUB_TOKEN", "another");

        Failure failure = save(environment);
        assertThat(failure).hasMessageContaining("does not accept the token");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
    }

    @Test
    void saysThatNothingIsThere() {
        SessionStore store =
                new GitKind().open("owner/other", new StoreContext(host.environment(), temporary, Map.of()));

        assertThat(catchThrowableOfType(Failure.class, store::list))
                .hasMessageContaining("is not there, or it is private");
    }

    @Test
    void saysThatAFolderIsInTheWay() throws IOException {
        GitCommand git = GitCommand.in(repository);
        String empty = git.run("hash-object", "-t", "tree", "-w", "/dev/null").strip();
        git.run(
                "update-ref",
                "refs/heads/session-relay",
                git.run("commit-tree", "-m", "x", empty).strip());

        assertThat(save()).hasMessageContaining("cannot have a branch session-relay/pr-12");
    }
}
