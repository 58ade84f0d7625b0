package dev.sessionrelay.store.sealed;

import dev.sessionrelay.protect.seal.GitHubKeys;
import dev.sessionrelay.protect.seal.Identities;
import dev.sessionrelay.protect.seal.Recipient;
import dev.sessionrelay.protect.seal.Recipients;
import dev.sessionrelay.protect.sign.Signers;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whom sessions are sealed to, what opens them, and what signs them. Keys are looked for when the first is needed. */
public final class Sealing {
    /** Where people keep what {@code --encrypt-to} would say, a recipient a line. */
    public static final String VARIABLE = "SESSION_RELAY_ENCRYPT_TO";

    /** Where the key to sign with is looked for when no option names it. */
    public static final String SIGN_VARIABLE = "SESSION_RELAY_SIGN_KEY";

    private final List<String> encryptTo;
    private final List<String> decryptKeys;
    private final Optional<String> signKey;
    private final StoreContext surroundings;

    private @Nullable List<Recipient> recipients;
    private @Nullable Identities identities;

    public Sealing(
            List<String> encryptTo, List<String> decryptKeys, Optional<String> signKey, StoreContext surroundings) {
        this.encryptTo = encryptTo.isEmpty() ? usual(surroundings) : List.copyOf(encryptTo);
        Recipients.refuseFilesOfTheCheckout(this.encryptTo, surroundings.workingFolder(), surroundings.environment());
        this.decryptKeys = List.copyOf(decryptKeys);
        this.signKey = signKey.or(() -> surroundings.variable(SIGN_VARIABLE));
        this.surroundings = surroundings;
    }

    /** Whether people seal what they save without being asked. */
    public static boolean isUsual(Map<String, String> environment) {
        return !environment.getOrDefault(VARIABLE, "").isBlank();
    }

    private static List<String> usual(StoreContext surroundings) {
        return surroundings
                .variable(VARIABLE)
                .orElse("")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The store with sealing and signing around it: what is signed is what lies in the store. */
    public SessionStore around(SessionStore store) {
        SessionStore signed = signKey.<SessionStore>map(key -> new SignedStore(
                        store, new Signers(surroundings).key(key), LastSeen.of(surroundings.environment())))
                .orElse(store);
        return new SealedStore(signed, this);
    }

    boolean seals() {
        return !encryptTo.isEmpty();
    }

    synchronized List<Recipient> recipients() {
        if (recipients == null) {
            recipients = Recipients.of(
                    encryptTo,
                    surroundings.workingFolder(),
                    new GitHubKeys(surroundings.environment(), surroundings.credentials(), surroundings.told()));
        }
        return recipients;
    }

    SealCache ownSeals() {
        return SealCache.of(surroundings.environment());
    }

    synchronized Identities identities() {
        if (identities == null) {
            identities = Identities.of(decryptKeys, surroundings.environment(), surroundings.workingFolder());
        }
        return identities;
    }
}
