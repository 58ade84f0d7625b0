package dev.sessionrelay.protect.sign;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.io.file.PrivateFile;
import dev.sessionrelay.io.file.Workspace;
import dev.sessionrelay.protect.key.SshPrivateKey;
import dev.sessionrelay.protect.seal.GitHubKeys;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.stream.Collectors;

/** The keys of SSH that sign, and those whose signatures count, as the user names them. */
public final class Signers {
    private static final String USER = "github:";
    private static final int LARGEST_FILE = 1 << 20;

    private final StoreContext surroundings;

    public Signers(StoreContext surroundings) {
        this.surroundings = surroundings;
    }

    /** @param given lines in the form of OpenSSH's {@code allowed_signers}, files of them, and {@code github:<user>} */
    public AllowedSigners allowed(List<String> given) {
        AllowedSigners all = new AllowedSigners(List.of());
        for (String text : given) {
            requirePublic(text);
            AllowedSigners more = AllowedSigners.parse(linesOf(text));
            if (more.signers().isEmpty()) {
                throw Failure.badInput(
                        "allowed-signers " + SafeText.of(text, 120)
                                + " allows nobody: it has no line that is known here",
                        "a line is `<name> ssh-ed25519 AAAA…`, with namespaces=\"session-relay\" behind the name if you"
                                + " like");
            }
            all = all.and(more);
        }
        if (all.signers().isEmpty()) {
            throw Failure.badInput(
                    "trust: signed needs to know who may sign",
                    "give allowed-signers: lines `<name> ssh-ed25519 AAAA…`, a file of them, or github:<user>");
        }
        return all;
    }

    private String linesOf(String given) {
        if (given.startsWith(USER)) {
            return keysOf(given.substring(USER.length()));
        }
        if (AllowedSigners.isLine(given)) {
            return given;
        }
        if (Workspace.of(surroundings.environment())
                .decides(surroundings.workingFolder().resolve(given))) {
            throw Failure.badInput(
                    "allowed-signers " + SafeText.of(given, 120)
                            + " is a file of the checkout, and whoever opens a pull request decides what is in it",
                    "give the lines themselves (`<name> ssh-ed25519 AAAA…`), github:<user>, or a file below"
                            + " ${{ runner.temp }} that the workflow writes");
        }
        return read(given, "allowed-signers");
    }

    private static void requirePublic(String text) {
        if (SshPrivateKey.isPartOfOne(text)) {
            throw Failure.badInput(
                    "allowed-signers holds a private key, which nobody else is to see",
                    "give a file in OpenSSH's form, with the public key (the file that ends in .pub), or github:<user>");
        }
    }

    private String keysOf(String user) {
        return new GitHubKeys(surroundings.environment(), surroundings.credentials(), surroundings.told())
                .of(user).stream().map(key -> user + " " + key).collect(Collectors.joining("\n"));
    }

    /** @param given the key itself, or the name of a file that holds it */
    public SshPrivateKey key(String given) {
        boolean isKey = SshPrivateKey.isOne(given);
        try {
            return SshPrivateKey.parse(isKey ? given : readPrivate(given));
        } catch (IllegalArgumentException e) {
            throw Failure.badInput(
                    (isKey ? "the key in sign-key" : "sign-key " + SafeText.of(given, 120)) + " cannot sign: "
                            + SafeText.of(String.valueOf(e.getMessage()), 200),
                    "give a private key of ssh-keygen without a passphrase, or the name of a file that holds one");
        }
    }

    private String readPrivate(String name) {
        String key = read(name, "sign-key");
        try {
            PrivateFile.requireClosed(surroundings.workingFolder().resolve(name), "sign-key " + SafeText.of(name, 120));
        } catch (IOException e) {
            throw Failure.ofDisk("look at the key", name, e);
        }
        return key;
    }

    private String read(String name, String option) {
        try {
            return PlainFile.namedText(surroundings.workingFolder().resolve(name), LARGEST_FILE);
        } catch (PlainFile.Unfit e) {
            throw Failure.badInput(
                    option + " " + SafeText.of(name, 120) + " cannot be read: " + e.getReason(), "check the path");
        } catch (IOException | InvalidPathException e) {
            throw Failure.badInput(option + " " + SafeText.of(name, 120) + " cannot be read", "check the path");
        }
    }
}
