package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** A token of a vendor that no rule knows: a few letters that name it, a sign, and then nothing but chance. */
final class Prefixed {
    static final String RULE = "prefixed-token";

    private static final int LONGEST_NAME = 24;
    private static final int SHORTEST_BODY = 24;
    private static final int SHORTEST_DASHED = 32;
    private static final int LONGEST = 400;
    private static final int LEAST_DIGITS = 3;

    /** What names digests, files and things that are no secret. */
    private static final Set<String> PUBLIC = Set.of(
            "sha",
            "sha1",
            "sha224",
            "sha256",
            "sha384",
            "sha512",
            "sha3",
            "md5",
            "blake2",
            "blake3",
            "hash",
            "digest",
            "checksum",
            "etag",
            "commit",
            "rev",
            "ref",
            "tree",
            "id",
            "ids",
            "uid",
            "gid",
            "uuid",
            "guid",
            "img",
            "image",
            "layer",
            "blob",
            "chunk",
            "bundle",
            "cache",
            "tmp",
            "temp",
            "build",
            "obj",
            "object",
            "file",
            "node",
            "pod",
            "job",
            "task",
            "run",
            "req",
            "request",
            "msg",
            "message",
            "toolu",
            "srvtoolu",
            "resp",
            "response",
            "chatcmpl",
            "cmpl",
            "call",
            "thread",
            "asst",
            "batch",
            "org",
            "user",
            "usr",
            "acct",
            "account",
            "cus",
            "evt",
            "event",
            "pi",
            "ch",
            "cs",
            "price",
            "prod",
            "sub",
            "txn",
            "card",
            "pm",
            "seti",
            "si",
            "trace",
            "span",
            "item",
            "step",
            "snap",
            "vol",
            "subnet",
            "vpc",
            "eni",
            "ami",
            "sg",
            "public",
            "pub",
            "pk",
            "cert",
            "sig",
            "signature",
            "fingerprint",
            "test",
            "example",
            "function",
            "class",
            "module",
            "webpack",
            "css",
            "data",
            "v1",
            "v2",
            "manifest",
            "index",
            "page",
            "asset",
            "static",
            "hmac",
            "rs",
            "gen",
            "group",
            "ws",
            "conv",
            "session",
            "sess",
            "client",
            "app",
            "dpl",
            "prj",
            "team",
            "env",
            "rule",
            "policy",
            "role",
            "fs",
            "lt");

    private Prefixed() {}

    static void look(byte[] b, int from, int to, CommandScan.Secrets secrets) {
        int piece = from;
        for (int i = from; i <= to; i++) {
            if (i == to || !(Chars.is(b[i], Chars.LETTER | Chars.DIGIT) || b[i] == '_' || b[i] == '-')) {
                if (i - piece > SHORTEST_BODY && i - piece <= LONGEST) {
                    piece(b, piece, i, i < to && b[i] == '.', secrets);
                }
                piece = i + 1;
            }
        }
    }

    private static void piece(byte[] b, int from, int to, boolean dotted, CommandScan.Secrets secrets) {
        int body = from;
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || b[i] == '_' || b[i] == '-') {
                if (i - start >= SHORTEST_BODY) {
                    body = start;
                    break;
                }
                start = i + 1;
            }
        }
        if (body == from || body - from > LONGEST_NAME + 1 || body - from < 3 || dotted) {
            return;
        }
        String name = new String(b, from, body - 1 - from, StandardCharsets.ISO_8859_1);
        byte sign = b[body - 1];
        int end = body;
        while (end < to && b[end] != '_' && b[end] != '-') {
            end++;
        }
        String v = new String(b, body, end - body, StandardCharsets.ISO_8859_1);
        boolean known = Halves.BEGINNINGS.contains(name + (char) sign);
        if (!known
                && v.length() >= (sign == '-' ? SHORTEST_DASHED : SHORTEST_BODY)
                && isVendor(name, sign)
                && isChance(v, sign)) {
            secrets.found(from, to);
        }
    }

    private static boolean isVendor(String name, byte sign) {
        String[] words = name.toLowerCase(Locale.ROOT).split("[_-]", -1);
        for (String word : words) {
            if (word.isEmpty() || PUBLIC.contains(word) || (word.length() > 10 && sign == '-')) {
                return false;
            }
        }
        return words.length <= 3
                && Wordiness.isLetter(name.charAt(0))
                && name.chars().filter(c -> c >= '0' && c <= '9').count() <= 2;
    }

    private static boolean isChance(String v, byte sign) {
        Shape shape = Shape.of(v);
        boolean hex = v.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        if (hex) {
            return sign == '_'
                    && v.length() >= SHORTEST_DASHED
                    && shape.letters() >= LEAST_DIGITS
                    && shape.digits() >= LEAST_DIGITS;
        }
        return shape.digits() >= LEAST_DIGITS
                && shape.letters() >= LEAST_DIGITS
                && shape.changes() * 5 >= v.length()
                && !shape.wordy()
                && shape.inWords() * 2 < shape.letters();
    }
}
