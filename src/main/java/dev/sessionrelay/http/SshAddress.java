package dev.sessionrelay.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository as it is cloned over SSH. What can be reached so can, on every known host, be reached by HTTPS under
 * the same name.
 */
public record SshAddress(String host, String path) {
    private static final Pattern FORM =
            Pattern.compile("(?:ssh://)?(?:[^@/]+@)([^:/]+)(?::[0-9]+/|:/?|/)(.+?)(?:\\.git)?/?");

    public static Optional<SshAddress> find(String text) {
        Matcher form = FORM.matcher(text);
        boolean isPath = text.startsWith("/") || text.startsWith(".");
        return !isPath && form.matches() ? Optional.of(new SshAddress(form.group(1), form.group(2))) : Optional.empty();
    }

    public String overHttps() {
        return "https://" + host + "/" + path + ".git";
    }
}
