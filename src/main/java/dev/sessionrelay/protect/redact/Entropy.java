package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How random a text looks. */
final class Entropy {
    private static final int SHORTEST = 32;
    private static final int LONGEST = 160;
    private static final double LEAST = 4.2;

    private Entropy() {}

    /** Shannon's entropy of the characters, in bits. */
    static double of(byte[] bytes, int from, int to) {
        int[] counts = new int[256];
        for (int i = from; i < to; i++) {
            counts[bytes[i] & 0xFF]++;
        }
        double length = to - from;
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                bits -= count / length * Math.log(count / length);
            }
        }
        return bits / Math.log(2);
    }

    /**
     * Whether a run of characters looks drawn by lot, and is not one of the many such things that are public: digests
     * and checksums, public keys and certificates, ids, identifiers of programs, paths, embedded files.
     */
    static boolean isRandom(byte[] bytes, int from, int to, int textFrom, int textTo) {
        int end = to;
        while (end > from && bytes[end - 1] == '=') {
            end--;
        }
        int length = end - from;
        if (length < SHORTEST || length > LONGEST || isPublic(bytes, from, end, textFrom)) {
            return false;
        }
        int lower = 0;
        int upper = 0;
        int digits = 0;
        int slashes = 0;
        int changes = 0;
        int before = -1;
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            int kind = b >= 'a' && b <= 'z' ? 0 : b >= 'A' && b <= 'Z' ? 1 : Chars.is(b, Chars.DIGIT) ? 2 : 3;
            lower += kind == 0 ? 1 : 0;
            upper += kind == 1 ? 1 : 0;
            digits += kind == 2 ? 1 : 0;
            if (b == '.' || b == '=' || b == '~') {
                return false;
            }
            slashes += b == '/' ? 1 : 0;
            changes += kind != before ? 1 : 0;
            before = kind;
        }
        return lower >= 4
                && upper >= 4
                && digits >= 3
                && digits * 2 <= length
                && slashes <= length / 16
                && changes * 5 >= length * 2
                && of(bytes, from, end) >= LEAST
                && !Wordiness.isWordy(new String(bytes, from, length, StandardCharsets.ISO_8859_1))
                && !new Lines64(bytes, textFrom, textTo).isOneOfMany(from, to);
    }

    /** What says which digest it is. */
    static boolean isDigest(String secret) {
        int colon = secret.indexOf(':');
        String name = secret.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
        return name.equals("sha256") || name.equals("sha512") || name.equals("sha1") || name.equals("md5");
    }

    private static boolean isPublic(byte[] bytes, int from, int to, int textFrom) {
        for (String beginning : new String[] {"sha1", "sha2", "sha3", "sha5", "AAAA", "MII", "eyJ", "_Z", "RWQ"}) {
            if (Runs.startsWith(bytes, from, to, beginning)) {
                return true;
            }
        }
        if (from - textFrom < 2) {
            return false;
        }
        if (PublicName.isBefore(bytes, from, textFrom)) {
            return true;
        }
        byte before = bytes[from - 1];
        // A Go checksum (h1:…), a file in a URL (base64,…), or a URL's parameter or anchor.
        return (before == ':' && bytes[from - 2] == '1')
                || before == ','
                || before == '#'
                || before == '?'
                || before == '%'
                || before == '@';
    }
}
