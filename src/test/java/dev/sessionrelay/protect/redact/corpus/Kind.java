package dev.sessionrelay.protect.redact.corpus;

/**
 * One way in which a secret is written.
 *
 * @param text with holes for the secret ({@link Filling} says which)
 * @param variable the environment variable that holds the value too, or empty
 */
record Kind(String family, String name, String text, String variable) {}
