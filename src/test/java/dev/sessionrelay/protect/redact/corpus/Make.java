package dev.sessionrelay.protect.redact.corpus;

import java.util.List;
import java.util.Random;

/** How a secret value was thought up. */
enum Make {
    RANDOM,
    HUMAN,
    SIGNS,
    SHORT,
    LONG;

    private static final String LETTERS = "[a-zA-Z0-9]";
    private static final String ANY_SIGN = "[!#%&*$@^?~]";
    private static final List<String> WORDS = List.of(
            "Falcon", "Marble", "Walnut", "Thunder", "Velvet", "Juniper", "Otter", "Saffron", "Tundra", "Willow",
            "Zephyr", "Badger", "Cobalt", "Granite", "Lantern", "Pepper", "Rocket", "Sparrow", "Trumpet", "Walrus");

    String value(Random random) {
        return switch (this) {
            case RANDOM -> Form.of(LETTERS + "{18,24}[0-9][a-z]", random);
            case HUMAN -> human(random);
            case SIGNS -> signs(random);
            case SHORT -> Form.of("[a-z][A-Z][0-9]" + LETTERS + "{5,9}", random);
            case LONG -> Form.of("[a-zA-Z0-9_-]{46,70}[0-9]", random);
        };
    }

    /** The form is chosen by chance: a word with a number as most people have it, two words, or three with dashes. */
    private static String human(Random random) {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        String other = WORDS.get(random.nextInt(WORDS.size()));
        return switch (random.nextInt(5)) {
            case 0, 1 -> word + Form.of("[1-9][0-9]{4}", random);
            case 2 -> word + other.toLowerCase(java.util.Locale.ROOT) + Form.of("[1-9][0-9]", random);
            case 3 ->
                word.toLowerCase(java.util.Locale.ROOT) + "-" + other.toLowerCase(java.util.Locale.ROOT)
                        + Form.of("-[1-9][0-9]{2}", random);
            default -> word + Form.of("[1-9][0-9]{3}!", random);
        };
    }

    /** Sixteen characters as a password manager makes them; one to three of them are signs, none at the ends. */
    private static String signs(Random random) {
        StringBuilder value = new StringBuilder(Form.of("[a-z][A-Z][0-9][a-zA-Z0-9]{13}", random));
        for (int signs = 1 + random.nextInt(3); signs > 0; signs--) {
            value.setCharAt(3 + random.nextInt(12), Form.of(ANY_SIGN, random).charAt(0));
        }
        return value.toString();
    }
}
