package dev.sessionrelay.store;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a person looks at a stored session in the browser, as far as its ref says so; empty texts where it does not.
 */
public record BrowserLinks(String url, String branch, String commit, String gistId) {
    private static final BrowserLinks NONE = new BrowserLinks("", "", "", "");
    private static final Pattern GIT = Pattern.compile("([^#]+)#(.+)/[0-9a-fA-F-]{36}(?:@([0-9a-f]{40,64}))?");
    private static final String REPOSITORY = "[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+";

    public static BrowserLinks of(Ref ref, String server) {
        return switch (ref.scheme()) {
            case "git" -> git(ref, server);
            case "gist" -> gist(ref, server);
            case "release" -> release(ref, server);
            default -> NONE;
        };
    }

    /** {@code git:owner/repo#branch/of/several/parts/<session id>}, and {@code @<commit>} behind it for one save. */
    private static BrowserLinks git(Ref ref, String server) {
        Matcher form = GIT.matcher(ref.rest());
        if (!form.matches()) {
            return NONE;
        }
        String repository = form.group(1);
        String branch = form.group(2);
        String commit = Objects.requireNonNullElse(form.group(3), "");
        String url = repository.matches(REPOSITORY) ? server + "/" + repository + "/tree/" + escaped(branch) : "";
        return new BrowserLinks(url, branch, commit, "");
    }

    private static BrowserLinks gist(Ref ref, String server) {
        if (!ref.rest().matches("[0-9a-f]+")) {
            return NONE;
        }
        String gists = server.replaceFirst("^https://github\\.com$", "https://gist.github.com");
        String url = gists.equals(server) ? server + "/gist/" + ref.rest() : gists + "/" + ref.rest();
        return new BrowserLinks(url, "", "", ref.rest());
    }

    /** {@code release:owner/repo@tag/<session id>}: a draft is found in the list only. */
    private static BrowserLinks release(Ref ref, String server) {
        int at = ref.rest().indexOf('@');
        String repository = at < 0 ? "" : ref.rest().substring(0, at);
        return repository.matches(REPOSITORY)
                ? new BrowserLinks(server + "/" + repository + "/releases", "", "", "")
                : NONE;
    }

    private static String escaped(String path) {
        return Arrays.stream(path.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
