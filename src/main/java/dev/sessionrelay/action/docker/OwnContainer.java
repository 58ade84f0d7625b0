package dev.sessionrelay.action.docker;

import dev.sessionrelay.io.file.PlainFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The container that this process runs in, as its engine knows it. Its id is read from what the kernel says is mounted,
 * else it is the host name; the variable {@code HOSTNAME} is the job's to change.
 */
public final class OwnContainer {
    private static final Pattern ID = Pattern.compile("/containers/([0-9a-f]{64})/");

    private static final int MOST_OF_MOUNTS = 1 << 22;
    private static final int LONGEST_NAME = 1000;

    private OwnContainer() {}

    public static String image(Engine engine) throws IOException {
        String id = idIn(Path.of("/proc/self/mountinfo"), Path.of("/etc/hostname"));
        String image = engine.json("GET", "/containers/" + id + "/json", null)
                .path("Image")
                .asText();
        if (image.isEmpty()) {
            throw new IOException("the engine does not say of which image container " + id + " is");
        }
        return image;
    }

    static String idIn(Path mounts, Path hostName) throws IOException {
        Matcher named = ID.matcher(PlainFile.ofKernel(mounts, MOST_OF_MOUNTS));
        if (named.find()) {
            return named.group(1);
        }
        String name = PlainFile.namedText(hostName, LONGEST_NAME).strip();
        if (!name.matches("[0-9A-Za-z][0-9A-Za-z_.-]*")) {
            throw new IOException("this container does not know its name");
        }
        return name;
    }
}
