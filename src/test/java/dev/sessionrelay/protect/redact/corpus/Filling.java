package dev.sessionrelay.protect.redact.corpus;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the holes of a kind. {@code «pw»} is the secret value of the make at hand, the same one wherever it stands;
 * {@code «=form»} is a secret of a fixed form; {@code «~form»} is made too, but is not secret; {@code «pem KIND»} is a
 * private key; {@code «words 12»} is a phrase that a wallet is restored from; {@code «block name»} is another made
 * text. Behind {@code |} stand {@link Writing ways of writing it}, the innermost first.
 */
final class Filling {
    private static final Pattern HOLE = Pattern.compile("«([^»]*)»");

    private final Random random;
    private final String value;
    private final Set<String> secrets = new LinkedHashSet<>();

    /** @param secrets what must not be found in what is stored, each a text without line breaks */
    record Filled(String text, List<String> secrets) {}

    private Filling(Make make, Random random) {
        this.random = random;
        this.value = make.value(random);
    }

    static Filled of(String text, Make make, long seed) {
        Filling filling = new Filling(make, new Random(seed * 31 + make.name().hashCode()));
        Matcher hole = HOLE.matcher(text);
        String filled = hole.replaceAll(one -> Matcher.quoteReplacement(filling.fill(one.group(1))));
        filling.secrets.stream().filter(secret -> secret.length() < 8).findAny().ifPresent(secret -> {
            throw new IllegalArgumentException("a secret of less than eight characters in " + text);
        });
        return new Filled(filled, List.copyOf(filling.secrets));
    }

    private String fill(String hole) {
        List<String> parts = new ArrayList<>(List.of(hole.split("\\|")));
        String made = make(parts.removeFirst());
        for (String writing : parts) {
            made = Writing.named(writing).apply(made);
        }
        return made;
    }

    private String make(String what) {
        if (what.equals("pw")) {
            secrets.add(value);
            return value;
        }
        if (what.startsWith("=")) {
            String made = Form.of(what.substring(1), random);
            secrets.add(made);
            return made;
        }
        if (what.startsWith("~")) {
            return Form.of(what.substring(1), random);
        }
        if (what.startsWith("pem ")) {
            String body = Blocks.privateBody(what.substring(4), random);
            body.lines().forEach(secrets::add);
            return "-----BEGIN " + what.substring(4) + "-----\n" + body + "-----END " + what.substring(4) + "-----";
        }
        if (what.startsWith("words ")) {
            String phrase = Blocks.phrase(Integer.parseInt(what.substring(6)), random);
            secrets.add(phrase);
            return phrase;
        }
        if (what.startsWith("body ") || what.startsWith("hexbody ")) {
            String[] words = what.split(" ", -1);
            String body = Blocks.lines(
                    words[0].equals("body") ? "[A-Za-z0-9+/]" : "[0-9a-f]",
                    Integer.parseInt(words[1]),
                    Integer.parseInt(words[2]),
                    random);
            body.lines().forEach(secrets::add);
            return body.stripTrailing();
        }
        if (what.startsWith("public ")) {
            String[] words = what.split(" ", -1);
            return Blocks.lines("[A-Za-z0-9+/]", Integer.parseInt(words[1]), Integer.parseInt(words[2]), random)
                    .stripTrailing();
        }
        throw new IllegalArgumentException("«" + what + "» is not a hole");
    }
}
