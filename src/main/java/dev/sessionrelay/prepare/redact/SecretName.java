package dev.sessionrelay.prepare.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a name says about the value that is assigned to it, by its last word: {@code dbPassword}, {@code API_KEY_2}. */
final class SecretName {
    enum Kind {
        NONE,
        /** A key, which may be one of a dictionary or of a keyboard. */
        KEY,
        TOKEN,
        PASSWORD
    }

    private static final Set<String> PASSWORDS = Set.of(
            "password",
            "passwords",
            "passwd",
            "passw",
            "passwort",
            "kennwort",
            "pass",
            "pwd",
            "pw",
            "passphrase",
            "passcode",
            "psw",
            "pswd",
            "passwrd",
            "clave",
            "senha",
            "mdp",
            "wachtwoord",
            "psk",
            "securestring",
            "requirepass",
            "masterauth",
            "masteruserpassword",
            "keypass",
            "storepass",
            "dbpass",
            "userpass",
            "rootpass",
            "smtppass",
            "mailpass",
            "ftppass",
            "sshpass",
            "motdepasse",
            "parole",
            "credential",
            "credentials",
            "creds",
            "cred",
            "mnemonic",
            "networkcredential",
            "secret",
            "secrets",
            "walletpassphrase",
            "community",
            "rootpw",
            "bindpw",
            "dbpw",
            "adminpw");
    private static final Set<String> TOKENS = Set.of(
            "token",
            "apikey",
            "accesskey",
            "secretkey",
            "privatekey",
            "authkey",
            "authtoken",
            "accesstoken",
            "jwt",
            "bearer",
            "auth",
            "accountkey",
            "sharedaccesskey",
            "encryptionkey",
            "signingkey",
            "masterkey",
            "licensekey",
            "sharedkey",
            "sig",
            "sas",
            "signature",
            "signatures",
            "code",
            "ticket",
            "assertion",
            "sid",
            "session",
            "dockerconfigjson",
            "setcookie",
            "pat",
            "dsn");
    private static final List<String> ENDINGS =
            List.of("password", "passwd", "passwort", "kennwort", "passphrase", "secret", "contrasena");
    private static final List<String> TOKEN_ENDINGS =
            List.of("token", "apikey", "secretkey", "privatekey", "accesskey");
    /** What makes a key one that opens something. */
    private static final Set<String> OF_KEYS = Set.of(
            "api",
            "access",
            "secret",
            "private",
            "encryption",
            "encrypt",
            "signing",
            "sign",
            "master",
            "account",
            "shared",
            "auth",
            "authentication",
            "app",
            "application",
            "consumer",
            "client",
            "service",
            "storage",
            "license",
            "licence",
            "deploy",
            "webhook",
            "hmac",
            "jwt",
            "session",
            "aes",
            "subscription",
            "ssh",
            "admin",
            "root",
            "server",
            "integration",
            "crypto",
            "security",
            "cookie",
            "host",
            "instrumentation",
            "ingest",
            "write",
            "wallet",
            "stream",
            "publishing",
            "project",
            "base",
            "passwd",
            "password",
            "token");
    /** What may stand behind the word that counts. */
    private static final Set<String> AFTER = Set.of(
            "value",
            "val",
            "raw",
            "plain",
            "plaintext",
            "text",
            "txt",
            "base64",
            "b64",
            "env",
            "str",
            "string",
            "prod",
            "production",
            "dev",
            "development",
            "test",
            "staging",
            "stage",
            "live",
            "default",
            "new",
            "old",
            "current",
            "confirm",
            "confirmation",
            "again",
            "repeat",
            "primary",
            "secondary",
            "backup",
            "root",
            "admin",
            "user",
            "here",
            "override",
            "main",
            "md",
            "db",
            "database",
            "stdin",
            "prompt");
    /** Tokens of parsers, pages and models. */
    private static final Set<String> OF_OTHER_TOKENS = Set.of(
            "page",
            "next",
            "continuation",
            "cancellation",
            "cancel",
            "invalidation",
            "sync",
            "pad",
            "unk",
            "eos",
            "bos",
            "mask",
            "sep",
            "cls",
            "stop",
            "start",
            "end",
            "first",
            "last",
            "prev",
            "previous",
            "max",
            "min",
            "num",
            "current",
            "syntax",
            "lex",
            "lexer",
            "parser",
            "keyword",
            "operator",
            "comment",
            "string",
            "number",
            "expected",
            "unexpected",
            "invalid",
            "special",
            "per",
            "count",
            "next_page",
            "change",
            "punctuator",
            "identifier",
            "look",
            "peek",
            "left",
            "right",
            "open",
            "close",
            "public");

    private static final Set<String> NOT = Set.of(
            "public",
            "no",
            "is",
            "has",
            "require",
            "requires",
            "show",
            "hide",
            "forgot",
            "missing",
            "invalid",
            "wrong",
            "bad",
            "toggle",
            "empty",
            "without");

    /** Names that only say something in a URL. */
    static final Set<String> IN_QUERIES = Set.of(
            "code",
            "ticket",
            "assertion",
            "sid",
            "session",
            "key",
            "x-amz-signature",
            "x-goog-signature",
            "signature",
            "sig");

    private static final String[] ASKING = {
        "split",
        "get",
        "check",
        "is",
        "has",
        "hash",
        "verify",
        "validate",
        "read",
        "parse",
        "test",
        "find",
        "load",
        "fetch",
        "request",
        "prompt",
        "ask",
        "input",
        "decode",
        "compare",
        "match",
        "remove",
        "delete",
        "generate",
        "gen",
        "make",
        "quote",
        "resolve",
        "lookup",
        "expect",
        "assert",
        "rb_",
        "print",
        "on"
    };

    private SecretName() {}

    /** Whether a function of this name is given something else than a secret. */
    static boolean asks(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String verb : ASKING) {
            if (lower.startsWith(verb)) {
                return true;
            }
        }
        return false;
    }

    /** @param name a letter for each byte */
    static Kind of(String name) {
        List<String> words = words(name);
        int last = words.size() - 1;
        if (last > 0 && words.get(last).equals("string") && words.get(last - 1).equals("secure")) {
            return Kind.PASSWORD;
        }
        while (last > 0
                && (AFTER.contains(words.get(last))
                        || Wordiness.isDigit(words.get(last).charAt(0)))) {
            last--;
        }
        if (last < 0) {
            return Kind.NONE;
        }
        String word = words.get(last);
        String before = last > 0 ? words.get(last - 1) : "";
        if (NOT.contains(before) && !word.equals("requirepass")) {
            return Kind.NONE;
        }
        if (PASSWORDS.contains(word)
                || word.startsWith("contrase")
                || (word.equals("passe") && words.contains("mot"))) {
            return Kind.PASSWORD;
        }
        if (word.equals("phrase") && (before.equals("pass") || before.equals("seed") || before.equals("recovery"))) {
            return Kind.PASSWORD;
        }
        if (TOKENS.contains(word)) {
            return OF_OTHER_TOKENS.contains(before) ? Kind.NONE : Kind.TOKEN;
        }
        if (word.equals("key") || word.equals("keys")) {
            if (OF_KEYS.contains(before)) {
                return Kind.TOKEN;
            }
            return last == 0 && words.size() > 1 ? Kind.NONE : Kind.KEY;
        }
        if (word.length() > 6 && ENDINGS.stream().anyMatch(word::endsWith)) {
            return Kind.PASSWORD;
        }
        return word.length() > 5 && TOKEN_ENDINGS.stream().anyMatch(word::endsWith) ? Kind.TOKEN : Kind.NONE;
    }

    private static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < name.length()) {
            char c = name.charAt(at);
            if (!Wordiness.isLetter(c) && !Wordiness.isDigit(c) && c < 0x80) {
                at++;
                continue;
            }
            int end = c < 0x80 ? Wordiness.pieceEnd(name, at) : at + 1;
            while (end < name.length()
                    && (name.charAt(end) >= 0x80 || (c >= 0x80 && Wordiness.isLower(name.charAt(end))))) {
                end++;
                while (end < name.length() && Wordiness.isLower(name.charAt(end))) {
                    end++;
                }
            }
            words.add(name.substring(at, end).toLowerCase(Locale.ROOT));
            at = end;
        }
        return words;
    }
}
