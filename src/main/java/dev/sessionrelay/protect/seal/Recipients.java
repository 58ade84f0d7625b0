package dev.sessionrelay.protect.seal;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.io.file.Workspace;
import dev.sessionrelay.protect.key.SshPrivateKey;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whom {@code encrypt-to} names: public keys, files of public keys, and users of GitHub. */
public final class Recipients {
    private static final String USER = "github:";
    private static final int LARGEST_FILE = 1 << 20;
    private static final int MOST = 100;

    private final Path workingFolder;
    private final GitHubKeys keys;
    /** By the key itself, so that one who is named twice is sealed to once. */
    private final Map<String, Recipient> found = new LinkedHashMap<>();

    private Recipients(Path workingFolder, GitHubKeys keys) {
        this.workingFolder = workingFolder;
        this.keys = keys;
    }

    public static List<Recipient> of(List<String> given, Path workingFolder, GitHubKeys keys) {
        Recipients recipients = new Recipients(workingFolder, keys);
        given.forEach(recipients::add);
        if (recipients.found.size() > MOST) {
            throw Failure.badInput(
                    "encrypt-to names " + recipients.found.size() + " keys",
                    "name at most " + MOST + ": each makes every sealed file longer");
        }
        return List.copyOf(recipients.found.values());
    }

    private void add(String text) {
        requirePublic(text, "encrypt-to");
        if (text.startsWith(USER)) {
            addUser(text.substring(USER.length()));
        } else if (isKey(text)) {
            add(text, "encrypt-to \"" + SafeText.of(text, 60) + "\"");
        } else {
            addFile(text);
        }
    }

    private static boolean isKey(String text) {
        return text.startsWith("age1") || text.contains(" ");
    }

    private static boolean isPath(String text) {
        return text.indexOf('\0') < 0;
    }

    /** What is said of it must not show it. */
    private static void requirePublic(String text, String where) {
        if (SshPrivateKey.isPartOfOne(text)) {
            throw Failure.badInput(
                    where + " holds a private key, which only its owner is to have",
                    "give its public half: `age-keygen -y <file>` prints one, and of SSH it is the file that ends in .pub");
        }
    }

    private void add(String line, String where) {
        try {
            Recipient recipient = Recipient.parse(line);
            found.putIfAbsent(recipient.line(), recipient);
        } catch (IllegalArgumentException e) {
            throw Failure.badInput(
                    where + " cannot be sealed to: " + SafeText.of(String.valueOf(e.getMessage()), 200),
                    "give a recipient of age (age1…), a line such as ssh-ed25519 AAAA…, a file of such lines, or"
                            + " github:<user>");
        }
    }

    /** Whoever has several keys opens with any of them; kinds that cannot be sealed to are passed over. */
    private void addUser(String user) {
        int before = found.size();
        List<String> lines = keys.of(user);
        for (String line : lines) {
            if (line.startsWith("ssh-ed25519 ") || line.startsWith("ssh-rsa ")) {
                add(line, "a key of GitHub's user " + user);
            }
        }
        if (found.size() == before && lines.stream().noneMatch(line -> found.containsKey(line.strip()))) {
            throw Failure.badInput(
                    "github:" + user + " has "
                            + (lines.isEmpty()
                                    ? "no SSH key on GitHub"
                                    : "only SSH keys of kinds that cannot be sealed to"),
                    "they add an ssh-ed25519 key to their account, or you name another key of theirs");
        }
    }

    /** Before any work is done, and with that in vain. */
    public static void refuseFilesOfTheCheckout(
            List<String> given, Path workingFolder, Map<String, String> environment) {
        for (String text : given) {
            if (!text.startsWith(USER) && !isKey(text)) {
                refuseFileOfTheCheckout(text, workingFolder, environment);
            }
        }
    }

    private static void refuseFileOfTheCheckout(String name, Path workingFolder, Map<String, String> environment) {
        if (isPath(name) && Workspace.of(environment).decides(workingFolder.resolve(name))) {
            throw Failure.badInput(
                    "encrypt-to " + SafeText.of(name, 120)
                            + " is a file of the checkout, and whoever opens a pull request decides who stands in it",
                    "give the keys themselves (age1…, ssh-ed25519 AAAA…), github:<user>, or a file below"
                            + " ${{ runner.temp }} that the workflow writes");
        }
    }

    private void addFile(String name) {
        List<String> lines;
        try {
            Path file = workingFolder.resolve(name);
            refuseFileOfTheCheckout(name, workingFolder, keys.environment());
            lines = PlainFile.namedText(file, LARGEST_FILE).lines().toList();
        } catch (PlainFile.Unfit | NoSuchFileException e) {
            throw Failure.badInput(
                    "encrypt-to \"" + SafeText.of(name, 120) + "\" is neither a public key nor a file of them",
                    "give a recipient of age (age1…), a line such as ssh-ed25519 AAAA…, a file of such lines, or"
                            + " github:<user>");
        } catch (IOException | InvalidPathException e) {
            throw Failure.badInput(
                    "encrypt-to \"" + SafeText.of(name, 120) + "\" cannot be read",
                    "check the path and the file's letters");
        }
        int number = 0;
        for (String line : lines) {
            number++;
            requirePublic(line, SafeText.of(name, 120));
            if (!line.isBlank() && !line.startsWith("#")) {
                add(line, "line " + number + " of " + SafeText.of(name, 120));
            }
        }
    }
}
