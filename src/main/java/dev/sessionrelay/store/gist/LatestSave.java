package dev.sessionrelay.store.gist;

import java.util.List;
import java.util.Optional;

/** Tells which of a gist's saves counts. */
final class LatestSave {
    private final Gists gists;

    LatestSave(Gists gists) {
        this.gists = gists;
    }

    /** @param gist at the revision where the save's files are as it wrote them */
    record Head(SaveName name, Gist gist) {}

    /** Empty where nobody saved into it but other programs. */
    Optional<Head> of(Gist gist) {
        List<SaveName> candidates = gist.heads();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        if (candidates.size() == 1) {
            return Optional.of(new Head(candidates.getFirst(), gist));
        }
        List<String> history = gists.history(gist.id());
        return history.isEmpty() ? Optional.empty() : Optional.of(first(gist, candidates, history));
    }

    /** They were made from the same state at the same time: the one that came first, by the gist's own history. */
    private Head first(Gist gist, List<SaveName> candidates, List<String> history) {
        int without = -1;
        int with = history.indexOf(gist.revision());
        if (with < 0) {
            with = history.size() - 1;
        }
        while (with - without > 1) {
            int middle = (with + without) / 2;
            if (present(gist, history.get(middle), candidates).isEmpty()) {
                without = middle;
            } else {
                with = middle;
            }
        }
        Gist then = gists.get(gist.id(), history.get(with)).orElse(gist);
        return new Head(
                candidates.stream()
                        .filter(save -> then.files().containsKey(save.toString()))
                        .findFirst()
                        .orElse(candidates.getFirst()),
                then);
    }

    private List<SaveName> present(Gist gist, String revision, List<SaveName> candidates) {
        Gist then = gists.get(gist.id(), revision).orElse(gist);
        return candidates.stream()
                .filter(save -> then.files().containsKey(save.toString()))
                .toList();
    }
}
