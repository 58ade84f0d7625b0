package dev.sessionrelay.store;

import dev.sessionrelay.git.checkout.GitIndex;
import dev.sessionrelay.io.file.LinkWalk;
import dev.sessionrelay.io.file.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells of a store in a folder whether it came with a checkout. A folder below the workspace can be the workflow's own,
 * kept there by a cache; but whoever opens a pull request can commit one by the same name. What git keeps decides.
 *
 * @param onRunner on a person's own machine nothing is asked
 */
public record CheckedOutStore(boolean onRunner) {

    public static CheckedOutStore on(Map<String, String> environment) {
        return new CheckedOutStore(Workspace.isRunner(environment));
    }

    /** Why the place of this ref is a checkout's; empty when it is not, or not on this disk. */
    public Optional<String> why(Ref ref) {
        return onRunner ? folderOf(ref).flatMap(CheckedOutStore::why) : Optional.empty();
    }

    private static Optional<Path> folderOf(Ref ref) {
        String place = switch (ref.scheme()) {
            case "folder" -> ref.rest().replaceFirst("/[^/]*$", "");
            case "git" -> ref.rest().replaceFirst("#.*$", "").replaceFirst("^file:(//[^/]*)?", "");
            default -> "";
        };
        return place.startsWith("/") || place.startsWith(".") ? Optional.of(Path.of(place)) : Optional.empty();
    }

    private static Optional<String> why(Path store) {
        try {
            LinkWalk walk = LinkWalk.to(store);
            for (Path root : walk.steps()) {
                Path git = root.resolve(".git");
                if (Files.exists(git) && isKept(walk, root, GitIndex.names(git))) {
                    return Optional.of("git keeps it in the checkout " + root);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("whether it came with a checkout cannot be told (" + e.getMessage() + ")");
        }
    }

    /** Whether git has the folder or a file in it, or a link or a submodule on the way there. */
    private static boolean isKept(LinkWalk walk, Path root, List<String> names) {
        if (walk.end().equals(root)) {
            return true;
        }
        List<String> onTheWay = walk.steps().stream()
                .filter(step -> step.startsWith(root) && !step.equals(root))
                .map(step -> folded(root.relativize(step).toString()))
                .toList();
        Optional<String> below = walk.end().startsWith(root)
                ? Optional.of(folded(root.relativize(walk.end()).toString()) + "/")
                : Optional.empty();
        return names.stream()
                .map(CheckedOutStore::folded)
                .anyMatch(name -> onTheWay.contains(name)
                        || below.filter(name::startsWith).isPresent());
    }

    /** On some disks two names are one. */
    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
