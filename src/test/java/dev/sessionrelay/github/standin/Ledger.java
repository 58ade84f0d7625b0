package dev.sessionrelay.github.standin;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** All exchanges, and whatever was wrong with one. */
public final class Ledger {

    /** @param withToken whether the request carried a token */
    public record Line(
            String host, String method, String path, Map<String, String> query, int status, boolean withToken) {}

    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    void add(Line line) {
        lines.add(line);
    }

    void wrong(String error) {
        errors.add(error);
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }

    public long count(String method, String pathPattern) {
        return lines.stream()
                .filter(line -> line.method().equals(method) && line.path().matches(pathPattern))
                .count();
    }

    /** Empty when every exchange was as GitHub describes it and no token went astray. */
    public List<String> errors() {
        return List.copyOf(errors);
    }
}
