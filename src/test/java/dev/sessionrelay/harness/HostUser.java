package dev.sessionrelay.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A user of this machine that a stand-in runner runs as, for the engine's host is this machine: on GitHub it is
 * {@code runner} with the user id 1001. The group differs from the user, as it may there.
 */
record HostUser(String name, int uid, int gid, Path home) implements AutoCloseable {
    private static final String PREFIX = "relay-runner-";
    private static final Path PASSWD = Path.of("/etc/passwd");
    private static final int USUAL_UID = 1001;
    private static final int USERS_GROUP = 100;

    static HostUser create(Path home) throws IOException {
        for (String left : leftBehind()) {
            Command.run("userdel", left);
        }
        int uid = freeUid();
        var user = new HostUser(PREFIX + uid, uid, USERS_GROUP, home);
        Command.run(
                "useradd",
                "--no-log-init",
                "--uid",
                String.valueOf(uid),
                "--gid",
                String.valueOf(USERS_GROUP),
                "--no-create-home",
                "--home-dir",
                home.toString(),
                user.name());
        user.own(Files.createDirectories(home));
        return user;
    }

    /** Gives a file or a folder to this user. */
    Path own(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", uid);
        Files.setAttribute(path, "unix:gid", gid);
        return path;
    }

    boolean owns(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid").equals(uid)
                && Files.getAttribute(path, "unix:gid").equals(gid);
    }

    /** The beginning of a command line that runs the rest of it as this user. */
    List<String> become() {
        return List.of("setpriv", "--reuid", String.valueOf(uid), "--regid", String.valueOf(gid), "--clear-groups");
    }

    @Override
    public void close() throws IOException {
        Command.run("userdel", name);
    }

    private static int freeUid() throws IOException {
        Set<String> taken = Files.readAllLines(PASSWD).stream()
                .map(line -> line.split(":", -1)[2])
                .collect(Collectors.toSet());
        int uid = USUAL_UID;
        while (taken.contains(String.valueOf(uid))) {
            uid++;
        }
        return uid;
    }

    /** Of test runs that were killed: their homes are gone. */
    private static List<String> leftBehind() throws IOException {
        return Files.readAllLines(PASSWD).stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields[0].startsWith(PREFIX) && !Files.exists(Path.of(fields[5])))
                .map(fields -> fields[0])
                .toList();
    }
}
