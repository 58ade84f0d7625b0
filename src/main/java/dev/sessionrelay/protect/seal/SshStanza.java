package dev.sessionrelay.protect.seal;

import com.exceptionfactory.jagged.RecipientStanza;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.protect.key.SshPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** What age writes before a file for a recipient that is an SSH key: which key it is, and the file's key for it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SshStanza(String type, List<String> arguments, byte[] body) implements RecipientStanza {
    private static final int TAG = 4;

    static String tag(SshPublicKey key) {
        byte[] digest = HexFormat.of().parseHex(Digest.of(key.blob()).hex());
        return base64(Arrays.copyOf(digest, TAG));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether a stanza that was read is for this key. */
    static boolean isFor(SshPublicKey key, RecipientStanza stanza, int arguments) {
        return stanza.getType().equals(key.type())
                && stanza.getArguments().size() == arguments
                && stanza.getArguments().getFirst().equals(tag(key));
    }

    @Override
    public String getType() {
        return type;
    }

    @Override
    public List<String> getArguments() {
        return arguments;
    }

    @Override
    public byte[] getBody() {
        return body;
    }
}
