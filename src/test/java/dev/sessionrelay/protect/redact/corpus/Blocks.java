package dev.sessionrelay.protect.redact.corpus;

import java.util.List;
import java.util.Random;

/** Made texts of several lines or words. */
final class Blocks {
    private static final List<String> WORDS = List.of(
            "abandon",
            "absorb",
            "account",
            "acoustic",
            "advance",
            "aisle",
            "ancient",
            "apology",
            "armor",
            "atom",
            "bamboo",
            "basket",
            "blossom",
            "bubble",
            "cactus",
            "canyon",
            "cereal",
            "cinnamon",
            "coconut",
            "cruise",
            "dolphin",
            "drastic",
            "eager",
            "elbow",
            "embark",
            "fabric",
            "fiscal",
            "gadget",
            "garlic",
            "gorilla",
            "hazard",
            "hybrid",
            "inhale",
            "ivory",
            "jaguar",
            "ketchup",
            "lava",
            "lunar",
            "mango",
            "mimic",
            "nephew",
            "noodle",
            "oblige",
            "orchard",
            "oxygen",
            "pelican",
            "pyramid",
            "quantum",
            "rabbit",
            "ribbon",
            "saddle",
            "scorpion",
            "sphere",
            "tackle",
            "tornado",
            "tribe",
            "umbrella",
            "unveil",
            "velvet",
            "vintage",
            "walnut",
            "whisper",
            "yellow",
            "zebra");

    private Blocks() {}

    /** The beginning is what every key of the kind has, so that it is known as one even where nothing names it. */
    static String privateBody(String kind, Random random) {
        if (kind.startsWith("OPENSSH")) {
            return "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\n"
                    + lines("[A-Za-z0-9+/]", 5, 70, random);
        }
        if (kind.startsWith("EC")) {
            return "MHcCAQEEI" + Form.of("[A-Za-z0-9+/]{55}", random) + "\n" + lines("[A-Za-z0-9+/]", 1, 64, random)
                    + Form.of("[A-Za-z0-9+/]{34}==\n", random);
        }
        String begin = kind.startsWith("RSA") ? "MIIEowIBAAKCAQEA" : "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC";
        return begin + Form.of("[A-Za-z0-9+/]{" + (64 - begin.length()) + "}", random) + "\n"
                + lines("[A-Za-z0-9+/]", 10, 64, random) + Form.of("[A-Za-z0-9+/]{22}==\n", random);
    }

    static String lines(String letters, int count, int width, Random random) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(Form.of(letters + "{" + width + "}", random)).append('\n');
        }
        return lines.toString();
    }

    static String phrase(int count, Random random) {
        return String.join(
                " ", random.ints(count, 0, WORDS.size()).mapToObj(WORDS::get).toList());
    }
}
