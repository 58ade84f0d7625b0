package dev.sessionrelay.protect.seal;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.io.file.PrivateFile;
import dev.sessionrelay.protect.key.SshPrivateKey;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The private keys to open with: those that were given, else the one in {@code SESSION_RELAY_KEY}, else the user's own
 * SSH key.
 *
 * @param usualTrouble why there is a usual key that is not used
 */
public record Identities(List<Identity> keys, Optional<String> usualTrouble) {
    public static final String VARIABLE = "SESSION_RELAY_KEY";

    private static final String USUAL = ".ssh/id_ed25519";
    private static final int LARGEST_FILE = 1 << 20;

    public Identities {
        keys = List.copyOf(keys);
    }

    /** @param given keys themselves, or names of files that hold them */
    public static Identities of(List<String> given, Map<String, String> environment, Path workingFolder) {
        List<Identity> keys = new ArrayList<>();
        for (String text : given) {
            keys.addAll(parse(text, "decrypt-key", workingFolder));
        }
        String variable = environment.getOrDefault(VARIABLE, "");
        if (keys.isEmpty() && !variable.isBlank()) {
            keys.addAll(parse(variable, VARIABLE, workingFolder));
        }
        return keys.isEmpty() ? usual(environment) : new Identities(keys, Optional.empty());
    }

    private static List<Identity> parse(String text, String from, Path workingFolder) {
        boolean isKey = SshPrivateKey.isOne(text) || text.contains("AGE-SECRET-KEY-");
        String what = isKey ? "the key in " + from : from + " " + SafeText.of(text, 120);
        try {
            return Identity.parse(isKey ? text : read(text, workingFolder, what));
        } catch (SshPrivateKey.Locked e) {
            throw Failure.badInput(
                    what + " is locked by a passphrase, which cannot be asked for here",
                    "give a key without one: `ssh-keygen -p -N '' -f <copy of the key>` makes it, or `age-keygen` a new one");
        } catch (IOException | IllegalArgumentException e) {
            String why = e instanceof IOException ? "it cannot be read" : String.valueOf(e.getMessage());
            throw Failure.badInput(
                    what + " is no private key: " + SafeText.of(why, 200),
                    "give a private key of age or SSH, or the name of a file that holds one");
        }
    }

    private static String read(String name, Path workingFolder, String what) throws IOException {
        try {
            Path file = workingFolder.resolve(name);
            String text = PlainFile.namedText(file, LARGEST_FILE);
            PrivateFile.requireClosed(file, what);
            return text;
        } catch (PlainFile.Unfit | InvalidPathException | NoSuchFileException e) {
            throw new IllegalArgumentException("there is no such file", e);
        }
    }

    /** Nobody named it, so whatever is wrong with it is said only when a key is missed. */
    private static Identities usual(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        if (home.isBlank()) {
            return new Identities(List.of(), Optional.empty());
        }
        try {
            return new Identities(Identity.parse(read(USUAL, Path.of(home), "~/" + USUAL)), Optional.empty());
        } catch (SshPrivateKey.Locked e) {
            return new Identities(
                    List.of(),
                    Optional.of("~/" + USUAL + " is locked by a passphrase, which cannot be asked for here"));
        } catch (Failure open) {
            return new Identities(List.of(), Optional.ofNullable(open.getMessage()));
        } catch (IOException | IllegalArgumentException e) {
            return new Identities(List.of(), Optional.empty());
        }
    }

    /** Why nothing here opens a session, for the end of a message. */
    public String describe() {
        return usualTrouble.orElse(keys.isEmpty() ? "there is no key here" : "no key here is one of these");
    }
}
