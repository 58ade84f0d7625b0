package dev.sessionrelay.text.mask;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;

/**
 * A secret as it may stand in what is printed: as it is, and as JSON, addresses, the runner and its summaries write
 * it.
 */
final class SecretForms {
    private SecretForms() {}

    static Set<String> of(String secret) {
        Set<String> forms = new TreeSet<>();
        forms.add(secret);
        forms.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        forms.add(secret.replace("%", "%25"));
        forms.add(secret.replace("%", "%25").replace(":", "%3A").replace(",", "%2C"));
        forms.add(inSummary(secret));
        forms.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        // As Claude Code names the folder of a project, and as branches are named.
        forms.add(secret.replaceAll("[^A-Za-z0-9]", "-"));
        forms.add(escaped(secret, "%%%02X"));
        // A path that was put in order.
        forms.add(secret.replaceAll("/+", "/"));
        return forms;
    }

    private static String escaped(String secret, String form) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : secret.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = (b > 0 && Character.isLetterOrDigit((char) b)) || "._-".indexOf(b) >= 0;
            escaped.append(isPlain ? String.valueOf((char) b) : form.formatted(b & 0xFF));
        }
        return escaped.toString();
    }

    private static String inSummary(String secret) {
        StringBuilder escaped = new StringBuilder();
        secret.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || " ,.-/".indexOf(c) >= 0 || c > 127) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append("&#").append(c).append(';');
            }
        });
        return escaped.toString();
    }
}
