package dev.sessionrelay.flow;

import dev.sessionrelay.prepare.seal.GitHubKeys;
import dev.sessionrelay.prepare.seal.Identities;
import dev.sessionrelay.prepare.seal.Recipient;
import dev.sessionrelay.prepare.seal.Recipients;
import dev.sessionrelay.store.SessionStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whom sessions are sealed to, and what opens them. Keys are looked for when the first is needed. */
public final class Sealing {
    /** Where people keep what {@code --encrypt-to} would say, a recipient a line. */
    public static final String VARIABLE = "SESSION_RELAY_ENCRYPT_TO";

    private final List<String> encryptTo;
    private final List<String> decryptKeys;
    private final Map<String, String> environment;
    private final Path workingFolder;
    private final Optional<String> token;

    private @Nullable List<Recipient> recipients;
    private @Nullable Identities identities;

    public Sealing(
            List<String> encryptTo,
            List<String> decryptKeys,
            Map<String, String> environment,
            Path workingFolder,
            Optional<String> token) {
        this.encryptTo = encryptTo.isEmpty() ? usual(environment) : List.copyOf(encryptTo);
        this.decryptKeys = List.copyOf(decryptKeys);
        this.environment = Map.copyOf(environment);
        this.workingFolder = workingFolder;
        this.token = token;
    }

    private static List<String> usual(Map<String, String> environment) {
        return environment
                .getOrDefault(VARIABLE, "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The store with this sealing around it. */
    public SessionStore around(SessionStore store) {
        return new SealedStore(store, this);
    }

    boolean seals() {
        return !encryptTo.isEmpty();
    }

    synchronized List<Recipient> recipients() {
        if (recipients == null) {
            recipients = Recipients.of(encryptTo, workingFolder, new GitHubKeys(environment, token));
        }
        return recipients;
    }

    OwnSeals ownSeals() {
        return OwnSeals.of(environment);
    }

    synchronized Identities identities() {
        if (identities == null) {
            identities = Identities.of(decryptKeys, environment, workingFolder);
        }
        return identities;
    }
}
