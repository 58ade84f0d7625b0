package dev.sessionrelay.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place at which a program can be killed: just before its Nth system call of a kind. What one run does, the next does in
 * the same order, so a traced run tells all places at which others can be killed.
 *
 * @param seen the call, as it was traced
 */
record KillPoint(String call, int number, String seen) {
    private static final String CALLS =
            "openat,write,pwrite64,ftruncate,copy_file_range,sendfile,fsync,fdatasync,?rename,"
                    + "renameat,?renameat2,?mkdir,mkdirat,?rmdir,?unlink,unlinkat,?link,linkat,?symlink,symlinkat,?chmod,fchmod,"
                    + "fchmodat,?chown,?lchown,fchown,fchownat,utimensat";
    private static final Pattern TRACED = Pattern.compile("(\\d+) +(\\w+)\\((.*)");

    /** Runs the program once and finds every call that changes something below the folder. */
    static List<KillPoint> of(Relay relay, List<String> arguments, Path folder) throws IOException {
        Path log = Files.createTempFile("relay", ".strace");
        Relay.Ran ran = relay.under(
                        "strace", "-f", "-qq", "-y", "-e", "signal=none", "-e", "trace=" + CALLS, "-o", log + "")
                .run(arguments);
        if (ran.exit() != 0) {
            throw new IOException("the traced run failed: " + ran);
        }
        List<KillPoint> points = changing(Files.readAllLines(log, StandardCharsets.UTF_8), folder);
        Files.delete(log);
        return points;
    }

    private static List<KillPoint> changing(List<String> trace, Path folder) {
        Map<String, Integer> calls = new HashMap<>();
        Set<String> threads = new HashSet<>();
        List<KillPoint> points = new ArrayList<>();
        for (String line : trace) {
            Matcher traced = TRACED.matcher(line);
            if (!traced.matches()) {
                continue;
            }
            String call = traced.group(2);
            int number = calls.merge(traced.group(1) + call, 1, Integer::sum);
            boolean opensOnly = call.equals("openat") && !line.contains("O_CREAT");
            if (line.contains(folder + "/") && !opensOnly) {
                points.add(new KillPoint(call, number, traced.group(3)));
                threads.add(traced.group(1));
            }
        }
        // The numbers are those of one thread.
        if (threads.size() > 1) {
            throw new IllegalStateException("more than one thread changes files: " + threads);
        }
        return withoutInnerWrites(points);
    }

    /** Of many writes to one file in a row, the first, one in the middle and the last stand for all. */
    private static List<KillPoint> withoutInnerWrites(List<KillPoint> points) {
        List<KillPoint> kept = new ArrayList<>();
        int from = 0;
        while (from < points.size()) {
            int to = from + 1;
            while (to < points.size()
                    && points.get(from).isWrite()
                    && points.get(to).isWrite()) {
                to++;
            }
            Set<Integer> some = Set.copyOf(new HashSet<>(List.of(from, (from + to) / 2, to - 1)));
            some.stream().sorted().map(points::get).forEach(kept::add);
            from = to;
        }
        return kept;
    }

    private boolean isWrite() {
        return call.equals("write") || call.equals("pwrite64");
    }

    /** Runs the program and kills it here. */
    Relay.Ran kill(Relay relay, List<String> arguments) throws IOException {
        String where = call + ":signal=SIGKILL:when=" + number;
        return relay.under(
                        "strace",
                        "-f",
                        "-qq",
                        "-e",
                        "signal=none",
                        "-e",
                        "trace=" + call,
                        "-e",
                        "inject=" + where,
                        "-o",
                        "/dev/null")
                .run(arguments);
    }
}
