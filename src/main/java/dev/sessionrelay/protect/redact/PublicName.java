package dev.sessionrelay.protect.redact;

import java.util.Set;

/** Names of what looks drawn and may be read by everybody: coordinates of public keys, fingerprints, initial values. */
final class PublicName {
    private static final int LONGEST = 32;
    private static final Set<String> NAMES = Set.of(
            "x",
            "y",
            "n",
            "kid",
            "x5t",
            "x5c",
            "x5t#s256",
            "sha256",
            "sha512",
            "sha384",
            "sha1",
            "md5",
            "fingerprint",
            "thumbprint",
            "integrity",
            "checksum",
            "digest",
            "hash",
            "etag",
            "iv",
            "tag",
            "publickey",
            "public_key",
            "public-key",
            "pubkey",
            "public key",
            "endorsement");

    private PublicName() {}

    /** Whether such a name, a colon or an equals sign, and perhaps quotes stand right before this place. */
    static boolean isBefore(byte[] b, int from, int begin) {
        int at = from;
        boolean assigned = false;
        while (at > begin && from - at < 8 && "\"'\\ :=".indexOf(b[at - 1]) >= 0) {
            assigned |= b[at - 1] == ':' || b[at - 1] == '=';
            at--;
        }
        if (!assigned) {
            return false;
        }
        int name = at;
        while (name > begin
                && at - name < LONGEST
                && (Chars.is(b[name - 1], Chars.LETTER | Chars.DIGIT) || "_-#".indexOf(b[name - 1]) >= 0)) {
            name--;
        }
        return NAMES.contains(Words.lower(b, name, at));
    }
}
