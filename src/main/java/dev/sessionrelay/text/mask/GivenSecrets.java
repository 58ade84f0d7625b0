package dev.sessionrelay.text.mask;

import dev.sessionrelay.json.JsonTree;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The secrets that the program was given. */
final class GivenSecrets {
    private static final Set<String> VARIABLES = Set.of(
            "SESSION_RELAY_TOKEN",
            "SESSION_RELAY_KEY",
            "SESSION_RELAY_SECRETS",
            "GITHUB_TOKEN",
            "GH_TOKEN",
            "GH_ENTERPRISE_TOKEN",
            "ACTIONS_RUNTIME_TOKEN",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
            "ANTHROPIC_API_KEY",
            "ANTHROPIC_AUTH_TOKEN",
            "CLAUDE_CODE_OAUTH_TOKEN",
            "INPUT_TOKEN",
            "INPUT_SECRETS",
            "INPUT_DECRYPT_KEY",
            "INPUT_SIGN_KEY");

    /** Those that name servers, or are inputs. Others are nobody's business here. */
    private static final Pattern NAMES =
            Pattern.compile("(?i)(?:INPUT|SESSION_RELAY|GITHUB|GH)_.*|(?:https?|all|no)_proxy|CLAUDE_CONFIG_DIR|HOME");

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,30}+):/{1,3}(?=[^\\s@]{1,4000}@)");
    private static final Pattern PORT = Pattern.compile("[^:/@\\s]++:[0-9]{1,5}(?:[/?#].*)?");
    private static final int MOST_PARTS = 8;
    private static final int SHORTEST_TOKEN = 10;

    private static final Pattern QUERY = Pattern.compile(
            "(?i)[?&;][a-z_.-]*(?:token|key|password|passwd|pwd|secret|sig|signature)(?:=|%3d)([^&;#\\s]++)");
    private static final Pattern OF_AGE = Pattern.compile("AGE-SECRET-KEY-[0-9A-Za-z]++");

    private GivenSecrets() {}

    /** Each line of them: a key has many. */
    static List<String> secretsOf(Map<String, String> environment) {
        List<String> secrets = new ArrayList<>();
        environment.forEach((name, value) -> {
            boolean isFile = value.startsWith("/") || value.startsWith("./") || value.startsWith("~");
            if (VARIABLES.contains(name.toUpperCase(Locale.ROOT).replace('-', '_')) && !isFile) {
                secrets.addAll(value.strip().startsWith("{") ? ofObject(value) : linesOf(value));
            }
        });
        return secrets;
    }

    private static List<String> linesOf(String value) {
        return value.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("-----") && !line.startsWith("#"))
                .toList();
    }

    /** All that a job knows, as {@code toJSON(secrets)} has it. */
    private static List<String> ofObject(String json) {
        List<String> values = new ArrayList<>();
        try {
            JsonTree.USUAL.read(json).forEach(value -> values.addAll(linesOf(value.asText())));
        } catch (IOException e) {
            return linesOf(json);
        }
        return values;
    }

    static List<String> addressesIn(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable -> NAMES.matcher(variable.getKey()).matches())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** What stands in addresses where a secret stands. */
    static List<String> secretsIn(String text) {
        List<String> secrets = new ArrayList<>();
        Matcher schemes = SCHEME.matcher(text);
        while (schemes.find()) {
            boolean isSsh = schemes.group(1).toLowerCase(Locale.ROOT).contains("ssh");
            addUserInfo(text.substring(schemes.end()).split("\\s", 2)[0], isSsh, secrets);
        }
        QUERY.matcher(text).results().forEach(found -> add(found.group(1), secrets));
        OF_AGE.matcher(text).results().forEach(found -> secrets.add(found.group()));
        if (text.contains("PRIVATE KEY-----")) {
            text.lines().filter(line -> !line.startsWith("-----")).forEach(secrets::add);
        }
        return secrets;
    }

    /** Where it ends is not sure: a secret may have any sign in it, and what follows may have one of its ends. */
    private static void addUserInfo(String rest, boolean isSsh, List<String> secrets) {
        int at = rest.indexOf('@');
        for (int part = 0; at >= 0 && part < MOST_PARTS; part++, at = rest.indexOf('@', at + 1)) {
            String userInfo = rest.substring(0, at);
            int colon = userInfo.indexOf(':');
            if (PORT.matcher(userInfo).matches()) {
                continue;
            }
            String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
            String secret = colon < 0 ? "" : userInfo.substring(colon + 1);
            add(secret, secrets);
            boolean isBasic = secret.equals("x-oauth-basic");
            boolean isAlone = isBasic || (secret.isEmpty() && !isSsh);
            // A name that stands alone is shown in many places where it is not a secret.
            boolean isToken = user.length() >= SHORTEST_TOKEN && user.chars().anyMatch(Character::isDigit);
            if (isAlone && isToken && !user.contains("/")) {
                add(user, secrets);
            }
        }
    }

    private static void add(String raw, List<String> secrets) {
        secrets.add(raw);
        try {
            secrets.add(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // It was not written as addresses are.
        }
    }
}
