package dev.sessionrelay.git;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** What git calls an object: a digest of what it is and holds. JGit's own way there begins with reading settings. */
public final class ObjectName {
    private ObjectName() {}

    public static ObjectId of(int type, byte[] content) {
        MessageDigest name = begin(type, content.length);
        name.update(content);
        return ObjectId.fromRaw(name.digest());
    }

    /** The content is still to come. */
    static MessageDigest begin(int type, long size) {
        MessageDigest name = counter();
        name.update((Constants.typeString(type) + " " + size + "\0").getBytes(StandardCharsets.US_ASCII));
        return name;
    }

    static MessageDigest counter() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
