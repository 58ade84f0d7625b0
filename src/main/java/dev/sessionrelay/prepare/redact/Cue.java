package dev.sessionrelay.prepare.redact;

/** Words behind or before which a secret may stand that has no form of its own. */
enum Cue {
    /** A part of a name that says what is assigned to it. */
    NAME,
    COMMAND,
    /** A command that reads a password from what is piped into it. */
    PIPED,
    /** A file that {@code echo} may write a secret into. */
    FILED,
    COOKIE,
    URL,
    AUTHORIZATION,
    /** {@code IDENTIFIED BY 'x'}, {@code pass:x} */
    DIRECT,
    PEM,
    /** How the numbers of private keys begin in base64, or their {@code BEGIN} in it. */
    PEM_BODY,
    /** A call that is given a user and a password. */
    CALL,
    /** A command that prints a secret. */
    REVEAL,
    /** A user and a password are told. */
    LOGIN,
    /** A password's name in another script or language, behind which a sentence may go on. */
    FOREIGN;

    private static final int MOST_OF_NAME = 48;
    private static final int MOST_BETWEEN = 14;
    private static final int BEFORE = 64;
    private static final int MOST_OF_SENTENCE = 96;

    static final String[] NAMES = {
        "passw",
        "pass_",
        "pass=",
        "pass:",
        "pass ",
        "pass\"",
        "pass'",
        "pass>",
        "passphrase",
        "passcode",
        "pwd",
        "_pw",
        "-pw",
        "pw:",
        "pw=",
        " pw ",
        "secret",
        "token",
        "apikey",
        "api_key",
        "api-key",
        "api key",
        "accesskey",
        "access_key",
        "access-key",
        "access key",
        "_key",
        "privatekey",
        "private-key",
        "private key",
        "encryptionkey",
        "encryption-key",
        "encryption key",
        "signingkey",
        "signing-key",
        "signing key",
        "masterkey",
        "master-key",
        "master key",
        "accountkey",
        "authkey",
        "auth-key",
        "sharedkey",
        "licensekey",
        "license-key",
        "license key",
        "credential",
        "creds",
        "kennwort",
        "contrase",
        "clave",
        "senha",
        "motdepasse",
        "mot de passe",
        "mot_de_passe",
        "wachtwoord",
        "_auth",
        "\"auth\"",
        "auth:",
        "auth=",
        "securestring",
        "masterauth",
        "_psk",
        "psk=",
        "psk:",
        "bearer",
        "-community",
        "mnemonic",
        "seed phrase",
        "recovery phrase",
        "dbpw",
        "rootpw",
        "bindpw",
        "&sig=",
        "?sig=",
        "sapikey",
        "signature=",
        "?code=",
        "&code=",
        "&ticket=",
        "?ticket=",
        "assertion=",
        "?sid=",
        "&sid=",
        "&session=",
        "?session=",
        "?key=",
        "&key=",
        "&jwt=",
        "?jwt=",
        "dockerconfigjson",
        "setcookie",
        "x-amz-security-token",
        "deploy-key",
        "deploy key",
        "webhook-key",
        "-key:",
        "-key=",
        "session_key",
        "sessionkey"
    };
    static final String[] PIPING = {
        "gcloud secrets",
        "secret put",
        "docker secret create",
        "podman secret create",
        "vncpasswd",
        "| passwd",
        "|passwd",
        "| su ",
        "kinit ",
        "pass insert",
        "gopass insert",
        "secret set ",
        "| base64",
        "base64 <<<",
        "openssl passwd",
        "| htpasswd",
        "password-command",
        "sudo -s",
        "sudo -ks",
        "sudo --stdin",
        "password-stdin",
        "passwd --stdin",
        "passwd -s",
        "--with-token",
        "passphrase-fd",
        "chpasswd",
        "cryptsetup",
        "smbpasswd",
        "--pinentry-mode",
        "--stdin",
        "passin stdin",
        "token-stdin",
        "vault login -"
    };
    /** Files that hold nothing but a secret. */
    static final String[] FILES = {
        "/run/secrets/", "vault_pass", "_password", ".pgpass", "_pass.txt", "password.txt", "_token", "_secret"
    };

    static final String[] DIRECTLY = {
        "identified by ",
        " by '",
        "pragma key = ",
        " key '",
        "-setcookie ",
        "-hmac ",
        " psk ",
        " eap \"",
        "userauth ",
        "-w secret ",
        "secret 0 ",
        "secret 5 ",
        "password 0 ",
        "password 7 ",
        "pass:",
        "/p:",
        "plaintext:",
        " password '",
        "encrypted password"
    };

    static final String[] BODIES = {
        "MIIEowIBAA",
        "MIIEpAIBAA",
        "MIIEpQIBAA",
        "MIIEogIBAA",
        "MIIEvQIBAD",
        "MIIEvgIBAD",
        "MIIEvwIBAD",
        "MIIEvAIBAD",
        "MIIJKAIBAA",
        "MIIJKQIBAA",
        "MIIJKgIBAA",
        "MIIJQgIBAD",
        "MIIJQwIBAD",
        "MIIJRAIBAD",
        "MIIG4wIBAA",
        "MIIG5AIBAA",
        "MIICXQIBAA",
        "MIICXAIBAA",
        "MIICXgIBAA",
        "MIICdgIBAD",
        "MIICdwIBAD",
        "MHcCAQEE",
        "MIGkAgEBB",
        "MIHcAgEBB",
        "MC4CAQAwBQYDK2V",
        "MIGHAgEAMBMG",
        "MIG2AgEAMBAG",
        "MIGEAgEAMBAG",
        "MFECAQEwBQYDK2V",
        "b3BlbnNzaC1rZXktdjE",
        "LS0tLS1CRUdJTi",
        "PuTTY-User-Key"
    };
    static final String[] CALLS = {
        "pdo(",
        "mysqli(",
        "mysqli_connect(",
        "getconnection(",
        "basicauth(",
        "basic_auth",
        ".login(",
        "auth=(",
        "auth(",
        "jwt.sign(",
        "jwt.verify(",
        "jwt.encode(",
        "hmac.new(",
        "createhmac(",
        "hash_hmac(",
        "ftp_login(",
        "authenticate(",
        "signin(",
        "sign_in(",
        "pgp_sym_decrypt(",
        "pgp_sym_encrypt(",
        "aes_decrypt(",
        "aes_encrypt(",
        "crypt(",
        "passwordauthentication(",
        "pscredential(",
        "userpwd",
        "dbi->connect(",
        ".auth("
    };
    static final String[] REVEALING = {
        "/run/secrets/", "cat ", "pass show", "pass web", "bw get", "op item get", "op read", "secret-tool lookup",
                "gopass show", "versions access",
        "openssl rand", "pwgen", "jsonpath", "echo $", "base64 -d", "vault kv get", "apg ", "get-secret-value",
                "security find-generic-password", "-field=",
        "gopass ", "print-access-token", "auth token", "get-login-password", "get-access-token", "create-token",
                "token create", "printenv ", "get secret"
    };
    static final String[] ABROAD = {
        "\u5bc6\u7801",
        "\u5bc6\u78bc",
        "\u53e3\u4ee4",
        "\u30d1\u30b9\u30ef\u30fc\u30c9",
        "\ube44\ubc00\ubc88\ud638",
        "\u043f\u0430\u0440\u043e\u043b\u044c",
        "\u041f\u0430\u0440\u043e\u043b\u044c",
        "has\u0142o",
        "heslo",
        "l\u00f6senord",
        "adgangskode",
        "adgangskoden",
        "salasana",
        "\u015fifre",
        "parola",
        "m\u1eadt kh\u1ea9u",
        "schl\u00fcssel",
        "chiave",
        "passordet",
        "passord",
        "jelsz\u00f3",
        "\u03ba\u03c9\u03b4\u03b9\u03ba\u03cc\u03c2",
        "\u0634\u0641\u0631",
        "\u0643\u0644\u0645\u0629 \u0627\u0644\u0645\u0631\u0648\u0631",
        "\u05e1\u05d9\u05e1\u05de\u05d4",
        "sandi",
        "senha",
        "contrase\u00f1a"
    };

    /** About how many characters around it are looked at. */
    int reach() {
        return switch (this) {
            case COMMAND, AUTHORIZATION, DIRECT, PEM, PEM_BODY -> 64;
            case NAME, URL, LOGIN, FOREIGN -> 192;
            case PIPED, FILED, CALL, REVEAL -> 512;
            case COOKIE -> 4096;
        };
    }

    /** Whether what is around the word makes it worth while to look closely. Generous: text may have its JSON escapes. */
    boolean isFollowedUp(byte[] text, int begin, int from, int to, int end) {
        return switch (this) {
            case NAME -> named(text, begin, from, to, end);
            case COMMAND -> CommandScan.isCommand(text, begin, from, text[to - 1] == ' ' ? to - 1 : to, end);
            case URL -> Assignment.toHost(text, to, end);
            case FILED -> writes(text, begin, from);
            case REVEAL -> prompts(text, begin, from);
            case PIPED, COOKIE, AUTHORIZATION, DIRECT, PEM, PEM_BODY, CALL, FOREIGN -> true;
            case LOGIN -> told(text, to, end);
        };
    }

    private static boolean named(byte[] text, int begin, int from, int to, int end) {
        if (text[to - 1] == '=' || text[to - 1] == ':') {
            return true;
        }
        int i = to;
        int stop = Math.min(end, to + MOST_OF_NAME);
        while (i < stop
                && (Chars.is(text[i], Chars.LETTER | Chars.DIGIT)
                        || text[i] == '_'
                        || text[i] == '-'
                        || text[i] == '.'
                        || text[i] < 0)) {
            i++;
        }
        stop = Math.min(end, i + MOST_BETWEEN);
        for (int at = i; at < stop; at++) {
            byte c = text[at];
            if (Chars.is(c, Chars.OPERATOR) || c == '(' || c == '{') {
                return true;
            }
            if (c == ' ' || c == '\t') {
                return told(text, at, end) || told(text, Math.max(begin, from - BEFORE), from);
            }
            if (!Chars.is(c, Chars.BEFORE_OPERATOR) && "`])}".indexOf(c) < 0) {
                break;
            }
        }
        return told(text, Math.max(begin, from - BEFORE), from);
    }

    /** Whether a shell's prompt can stand before it on its line. */
    private static boolean prompts(byte[] text, int begin, int from) {
        for (int i = from - 1; i >= Math.max(begin, from - 60) && text[i] != '\n'; i--) {
            if (text[i] == '$' || text[i] == '#' || text[i] == '%' || text[i] == '>') {
                return true;
            }
        }
        return false;
    }

    private static boolean writes(byte[] text, int begin, int from) {
        for (int i = from - 1; i >= Math.max(begin, from - 80) && text[i] != '\n'; i--) {
            if (text[i] == '>') {
                return true;
            }
        }
        return false;
    }

    /** Whether a word follows, or stands before, that no sentence is made of. */
    private static boolean told(byte[] text, int from, int end) {
        int stop = Math.min(end, from + MOST_OF_SENTENCE);
        int run = 0;
        boolean odd = false;
        for (int i = from; i < stop; i++) {
            byte c = text[i];
            if (c == '=' || c == ':') {
                return true;
            }
            if (c <= ' ' && c >= 0) {
                if (odd && run >= 6) {
                    return true;
                }
                run = 0;
                odd = false;
            } else {
                run++;
                odd |= Chars.is(c, Chars.DIGIT)
                        || "!#%&*$@^?~\"'`_".indexOf(c) >= 0
                        || (c >= 'A' && c <= 'Z' && run > 1);
            }
        }
        return odd && run >= 6;
    }
}
