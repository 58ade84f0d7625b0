package dev.sessionrelay.protect.redact;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Forty kinds of secrets, made up. Each is said as it would be in a transcript, with {@code %s} where it stands. */
final class PlantedSecrets {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final String HEX = "0123456789abcdef";
    private static final String LETTERS = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + DIGITS;

    /** @param said what is around the secret */
    record Planted(String secret, String said) {
        String text() {
            return said.replace("%s", secret);
        }
    }

    private final Random random;

    PlantedSecrets(long seed) {
        random = new Random(seed);
    }

    private String of(String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        random.ints(length, 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
        return text.toString();
    }

    private String key(String kind) {
        StringBuilder text = new StringBuilder("-----BEGIN " + kind + "PRIVATE KEY-----\n");
        for (int i = 0; i < 12; i++) {
            text.append(of(LETTERS + "+/", 64)).append('\n');
        }
        return text.append("-----END ").append(kind).append("PRIVATE KEY-----").toString();
    }

    Map<String, Planted> all() {
        Map<String, Planted> all = new LinkedHashMap<>();
        put(all, "github pat", "ghp_" + of(LETTERS, 36), "use %s for the clone");
        put(all, "github fine-grained", "github_pat_" + of(LETTERS, 22) + "_" + of(LETTERS, 59), "gh auth: %s");
        put(all, "github oauth", "gho_" + of(LETTERS, 36), "token=%s");
        put(all, "github app", "ghs_" + of(LETTERS, 36), "https://x-access-token:%s@github.com/o/r.git");
        put(all, "gitlab pat", "glpat-" + of(LETTERS, 20), "GITLAB=%s");
        put(all, "anthropic key", "sk-ant-api03-" + of(LETTERS, 93) + "AA", "ANTHROPIC_API_KEY=%s");
        put(all, "anthropic login", "sk-ant-oat01-" + of(LETTERS + "-_", 86) + "AA", "\"accessToken\": \"%s\"");
        put(all, "openai key", "sk-proj-" + of(LETTERS, 74) + "T3BlbkFJ" + of(LETTERS, 74), "key %s");
        put(all, "aws id", "AKIA" + of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16), "aws_access_key_id = %s");
        put(all, "aws secret", of(LETTERS + "+/", 38) + "9a", "aws_secret_access_key = %s");
        put(all, "google key", "AIza" + of(LETTERS, 35), "?key=%s&q=1".replace("&", " &"));
        put(all, "google client secret", "GOCSPX-" + of(LETTERS, 28), "\"client_secret\":\"%s\"");
        put(all, "slack bot", "xoxb-" + of(DIGITS, 12) + "-" + of(DIGITS, 12) + "-" + of(LETTERS, 24), "slack: %s");
        put(all, "slack webhook", "https://hooks.slack.com/services/T" + of(LETTERS, 44), "curl -X POST %s");
        put(all, "stripe", "sk_live_" + of(LETTERS, 24), "Stripe.api_key = '%s'");
        put(all, "npm", "npm_" + of(LETTERS, 36), "//registry.npmjs.org/:_authToken=%s");
        put(all, "pypi", "pypi-AgEIcHlwaS5vcmc" + of(LETTERS, 70), "password = %s");
        put(all, "sendgrid", "SG." + of(LETTERS, 22) + "." + of(LETTERS, 43), "SENDGRID=\"%s\"");
        put(all, "twilio", "SK" + of(HEX, 32), "twilio %s here");
        put(all, "digitalocean", "dop_v1_" + of(HEX, 64), "do token %s");
        put(all, "hugging face", "hf_" + of(LOWER, 34), "HF_TOKEN=%s");
        put(all, "databricks", "dapi" + of(HEX, 32), "host token %s");
        put(all, "vault", "hvs." + of(LETTERS, 95), "VAULT_TOKEN=%s");
        put(all, "age key", "AGE-SECRET-KEY-1" + of("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58), "# key\n%s\n");
        put(all, "rsa key", key("RSA "), "cat id_rsa\n%s\n");
        put(all, "openssh key", key("OPENSSH "), "%s");
        put(all, "jwt", "eyJ" + of(LETTERS, 33) + ".eyJ" + of(LETTERS, 80) + "." + of(LETTERS, 43), "Cookie: id=%s");
        put(all, "bearer", of(LETTERS, 40), "> Authorization: Bearer %s");
        put(all, "basic", of(LETTERS, 30) + "==", "curl -H \"Authorization: Basic %s\" https://x.example");
        put(all, "curl user", "robot:" + of(LETTERS, 14), "curl -u %s https://x.example");
        put(all, "database url", of(LETTERS, 16), "DATABASE_URL=postgres://app:%s@db.internal:5432/app");
        put(all, "redis url", of(LETTERS, 24), "redis://:%s@cache:6379/0");
        put(all, "generic key", of(LETTERS, 28) + "7x", "api_key: \"%s\"");
        put(all, "generic password", of(LETTERS, 17) + "4", "DB_PASSWORD=%s");
        put(all, "client secret", of(LETTERS, 32) + "0q", "\"client_secret\": \"%s\"");
        put(all, "azure storage", of(LETTERS + "+/", 86) + "==", "AccountName=x;AccountKey=%s;EndpointSuffix=y");
        put(all, "netrc", of(LETTERS, 14), "machine api.example.com login bob password %s");
        put(all, "linear", "lin_api_" + of(LETTERS, 40), "linear %s");
        put(all, "rubygems", "rubygems_" + of(HEX, 48), ":rubygems_api_key: %s");
        put(all, "bare random", of(LETTERS, 44) + "aB3", "it printed\n%s\nand ended");
        return all;
    }

    private static void put(Map<String, Planted> all, String kind, String secret, String said) {
        all.put(kind, new Planted(secret, said));
    }
}
