package dev.sessionrelay.io.file;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * The way from the root of the disk to a file, as the system goes it: link by link. Whoever can change anything on that
 * way decides what is found at its end.
 *
 * @param steps every folder and link that is passed, and the end itself
 * @param end where it leads; it need not be there
 */
public record LinkWalk(List<Path> steps, Path end) {
    private static final int MOST_LINKS = 40;

    public LinkWalk {
        steps = List.copyOf(steps);
    }

    public static LinkWalk to(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        Path root = Objects.requireNonNull(absolute.getRoot());
        Deque<Path> ahead = new ArrayDeque<>();
        absolute.forEach(ahead::addLast);
        List<Path> steps = new ArrayList<>(List.of(root));
        Path at = root;
        int links = 0;
        while (!ahead.isEmpty()) {
            Path name = ahead.removeFirst();
            if (name.toString().equals("..")) {
                at = Objects.requireNonNullElse(at.getParent(), root);
            } else if (!name.toString().isEmpty() && !name.toString().equals(".")) {
                Path next = at.resolve(name);
                steps.add(next);
                if (!Files.isSymbolicLink(next)) {
                    at = next;
                } else if (++links > MOST_LINKS) {
                    throw new FileSystemLoopException(path.toString());
                } else {
                    Path target = Files.readSymbolicLink(next);
                    List<Path> names = new ArrayList<>();
                    target.forEach(names::add);
                    names.reversed().forEach(ahead::addFirst);
                    at = target.isAbsolute() ? root : at;
                }
            }
        }
        return new LinkWalk(steps, at);
    }
}
