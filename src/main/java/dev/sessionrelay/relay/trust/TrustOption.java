package dev.sessionrelay.relay.trust;

import dev.sessionrelay.agent.claude.Travelling;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.protect.sign.Signers;
import dev.sessionrelay.store.CheckedOutStore;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.sealed.LastSeen;
import dev.sessionrelay.text.SafeText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the option {@code trust} says.
 *
 * @param text {@code same-repository}, {@code owner:<name>[,…]}, {@code signed} or {@code any}
 * @param allowedSigners for {@code signed}
 * @param acceptRollback for {@code signed}: whether an older save than the last one seen here is taken
 */
public record TrustOption(String text, List<String> allowedSigners, boolean acceptRollback) {
    /** On the command line, where nothing is given. */
    public static final String UNASKED = "unasked";

    private static final String OWNER = "owner:";

    public TrustOption(String text, List<String> allowedSigners) {
        this(text, allowedSigners, false);
    }

    /**
     * @param repositories where the work is at home, as names or addresses
     * @param placeIsNamed whether the place was named by whoever asks, and not by a ref
     */
    public Trust mean(List<String> repositories, boolean placeIsNamed, StoreContext surroundings) {
        return switch (text) {
            case "any" -> new Trust.Anyone(Travelling.Unknown.KEPT);
            case UNASKED -> new Trust.Anyone(Travelling.Unknown.LEFT_OUT);
            case "same-repository" ->
                new Trust.SameRepository(
                        repositories.stream().map(Holder::nameOf).distinct().toList(),
                        placeIsNamed,
                        CheckedOutStore.on(surroundings.environment()));
            case "signed" ->
                new Trust.Signed(
                        new Signers(surroundings).allowed(allowedSigners),
                        LastSeen.of(surroundings.environment()),
                        acceptRollback);
            case String owners
            when owners.startsWith(OWNER) && !namesIn(owners).isEmpty() -> new Trust.Owners(namesIn(owners));
            default ->
                throw Failure.badInput(
                        "trust \"" + SafeText.of(text, 80) + "\" is not known",
                        "give same-repository, owner:<name> (several with commas), signed or any");
        };
    }

    private static List<String> namesIn(String owners) {
        return Arrays.stream(owners.substring(OWNER.length()).split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
