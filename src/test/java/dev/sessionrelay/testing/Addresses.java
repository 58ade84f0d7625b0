package dev.sessionrelay.testing;

import java.util.List;
import java.util.random.RandomGenerator;

/** Addresses of all sorts with a made secret in them, as people paste them. */
public final class Addresses {
    private static final String PLAIN = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final String SIGNS = PLAIN + "!$&'()*+,;=~._-%23";
    private static final List<String> SCHEMES =
            List.of("http://", "https://", "HTTPS://", "ftp://", "x://", "ssh://", "git+ssh://", "file://", "http:/");
    private static final List<String> BEFORE =
            List.of("", "git:", "gist:", "release:", "auto:", "artifact:", "folder:", "x:", "./", "github:");
    private static final List<String> FORMS = List.of(
            "%suser:%s@127.0.0.1:9/o/n.git",
            "%suser:%s@[::1/o",
            "%suser:%s@no host/o",
            "%s:%s@127.0.0.1:9/o/n",
            "%suser:%s@127.0.0.1:9/o/n.git#session-relay/k/00000000-0000-4000-8000-000000000001",
            "%suser:%s@127.0.0.1:9/o/n@x/00000000-0000-4000-8000-000000000001",
            "%s%s:x-oauth-basic@127.0.0.1:9/o/n",
            "%s127.0.0.1:9/o/n?access_token=%s",
            "%s127.0.0.1:9/o/n.git?x=1&private_token=%s#b/00000000-0000-4000-8000-000000000001",
            "%suser:%s@");

    private Addresses() {}

    public static String secret(RandomGenerator random) {
        String letters = random.nextInt(3) == 0 ? SIGNS : PLAIN;
        StringBuilder secret = new StringBuilder("t0");
        int length = random.nextInt(12, 40);
        while (secret.length() < length) {
            secret.append(letters.charAt(random.nextInt(letters.length())));
        }
        return secret.toString();
    }

    public static String with(String secret, RandomGenerator random) {
        String scheme = SCHEMES.get(random.nextInt(SCHEMES.size()));
        // Of a query, these signs end the value.
        boolean endsQuery = secret.contains("&") || secret.contains(";");
        List<String> forms =
                FORMS.stream().filter(form -> !endsQuery || !form.contains("?")).toList();
        String form = forms.get(random.nextInt(forms.size()));
        return BEFORE.get(random.nextInt(BEFORE.size())) + form.formatted(scheme, secret);
    }
}
