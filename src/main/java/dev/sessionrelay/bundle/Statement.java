package dev.sessionrelay.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a signature of a session is made of: a few lines that follow from its manifest, the same whatever program wrote that
 * and however. They name every file by its digest, and who saved it under which key.
 */
public record Statement(String text) {
    /** What the signature is made for, in OpenSSH's words. */
    public static final String NAMESPACE = "session-relay";

    public static Statement of(Manifest manifest) {
        Manifest stored = manifest.asStored();
        StringBuilder text = new StringBuilder("session-relay session 1\n");
        line(text, "session", stored.sessionId().text());
        stored.key().ifPresent(key -> line(text, "key", key));
        stored.continues().ifPresent(id -> line(text, "continues", id.text()));
        line(text, "saved", stored.origin().savedAt().toString());
        line(text, "source", stored.origin().source());
        for (Map.Entry<String, String> detail : new TreeMap<>(stored.origin().details()).entrySet()) {
            line(text, "saved-" + detail.getKey(), detail.getValue());
        }
        stored.seal().ifPresent(seal -> {
            seal.to().forEach(key -> line(text, "sealed-to", key));
            byte[] inside = seal.manifest().strip().getBytes(StandardCharsets.UTF_8);
            line(text, "sealed-manifest", Digest.of(inside).hex());
        });
        for (Entry entry : stored.entries()) {
            line(text, "file", entry.digest() + " " + entry.size() + " " + entry.name());
        }
        return new Statement(text.toString());
    }

    /** A value cannot begin a line of its own. */
    private static void line(StringBuilder text, String name, String value) {
        text.append(escaped(name)).append(": ").append(escaped(value)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
