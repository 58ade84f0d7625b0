package dev.sessionrelay.protect.sign;

import dev.sessionrelay.protect.key.SshPublicKey;
import dev.sessionrelay.text.SafeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may sign, in the form of OpenSSH's {@code allowed_signers}: {@code <name>[,…] [options] <key>}. An option that
 * is not known here could be a limit, so its line allows nobody.
 */
public record AllowedSigners(List<Signer> signers) {

    /** @param namespaces what the key may sign; empty for anything */
    public record Signer(String name, List<String> namespaces, SshPublicKey key) {
        public Signer {
            namespaces = List.copyOf(namespaces);
        }
    }

    public AllowedSigners {
        signers = List.copyOf(signers);
    }

    public static AllowedSigners parse(String text) {
        List<Signer> signers = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                signer(line).ifPresent(signers::add);
            }
        }
        return new AllowedSigners(signers);
    }

    /** Whether this is a line itself, and not the name of a file of lines. */
    public static boolean isLine(String text) {
        return Arrays.stream(text.strip().split("[ \t]+", -1)).skip(1).anyMatch(AllowedSigners::isKeyType);
    }

    private static Optional<Signer> signer(String line) {
        String[] words = line.split("[ \t]+", -1);
        if (words.length < 3) {
            return Optional.empty();
        }
        String name = SafeText.of(words[0], 100);
        boolean hasOptions = !isKeyType(words[1]);
        List<String> namespaces = List.of();
        if (hasOptions) {
            String options = words[1];
            if (!options.toLowerCase(Locale.ROOT).startsWith("namespaces=\"")
                    || options.indexOf('"', "namespaces=\"".length()) != options.length() - 1) {
                return Optional.empty();
            }
            namespaces = Arrays.asList(options.substring("namespaces=\"".length(), options.length() - 1)
                    .split(","));
        }
        int at = hasOptions ? 2 : 1;
        if (words.length < at + 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Signer(name, namespaces, SshPublicKey.parse(words[at] + " " + words[at + 1])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isKeyType(String word) {
        return word.startsWith("ssh-") || word.startsWith("ecdsa-") || word.startsWith("sk-");
    }

    public AllowedSigners and(AllowedSigners others) {
        List<Signer> all = new ArrayList<>(signers);
        all.addAll(others.signers);
        return new AllowedSigners(all);
    }

    /** The name of whoever may have made this signature. */
    public Optional<String> signerOf(SshSignature signature) {
        return signers.stream()
                .filter(signer -> signer.key().isSameKey(signature.key()))
                .filter(signer ->
                        signer.namespaces().isEmpty() || signer.namespaces().contains(signature.namespace()))
                .map(Signer::name)
                .findFirst();
    }
}
