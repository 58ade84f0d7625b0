package dev.sessionrelay.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server tells of itself. The second version of git's protocol needs none of it, so a server is asked only when
 * it does not answer in that version.
 *
 * @param version of the protocol
 * @param refs its branches, which the earlier versions tell here and nowhere else
 * @param abilities as one text
 */
record Greeting(int version, List<RefLine> refs, String abilities) {
    private static final Pattern HEAD = Pattern.compile("(?:^| )symref=HEAD:(\\S+)");
    private static final Pattern NAMES = Pattern.compile("(?:^|\\s)object-format=(\\S+)");
    private static final String PEELED = "^{}";
    private static final int LATEST = 2;

    static Greeting read(InputStream in) throws IOException {
        PacketReader packets = new PacketReader(in);
        PacketReader.PacketKind kind = packets.next();
        if (kind == PacketReader.PacketKind.LINE && packets.text().startsWith("# service=")) {
            packets.next();
            kind = packets.next();
        }
        int version = 0;
        List<RefLine> refs = new ArrayList<>();
        StringBuilder abilities = new StringBuilder();
        for (; kind == PacketReader.PacketKind.LINE; kind = packets.next()) {
            String line = packets.text();
            if (line.startsWith("version ") && refs.isEmpty()) {
                version = line.endsWith("1") ? 1 : LATEST;
                continue;
            }
            SideBand.requireNoError(line);
            int end = line.indexOf('\0');
            abilities.append(version == LATEST ? line : line.substring(end + 1, end < 0 ? 0 : line.length()));
            abilities.append(version == LATEST ? "\n" : "");
            Optional<RefLine> ref = RefLine.parse(end < 0 ? line : line.substring(0, end));
            ref.filter(found -> !found.name().endsWith(PEELED)).ifPresent(refs::add);
            if (refs.size() > UploadPack.MOST_REFS) {
                throw new SideBand.ServerGaveUp("they are more than " + UploadPack.MOST_REFS);
            }
        }
        return new Greeting(version, pointed(refs, abilities.toString()), abilities.toString());
    }

    private static List<RefLine> pointed(List<RefLine> refs, String abilities) {
        Matcher head = HEAD.matcher(abilities);
        String target = head.find() ? head.group(1) : "";
        return refs.stream()
                .map(ref -> ref.name().equals("HEAD") ? new RefLine(ref.id(), ref.name(), target) : ref)
                .toList();
    }

    boolean isOfTheLatestVersion() {
        return version == LATEST;
    }

    boolean can(String ability) {
        return (" " + abilities + " ").contains(" " + ability + " ");
    }

    /** @throws Failure for a repository whose objects have other names than those that are known here */
    void requireKnownNames(String name) {
        Matcher names = NAMES.matcher(abilities);
        if (names.find() && !names.group(1).equals("sha1")) {
            throw Failure.badInput(
                    name + " names its objects by "
                            + SafeText.of(names.group(1).toUpperCase(Locale.ROOT), 40)
                            + ", and Session Relay knows SHA-1 alone",
                    "keep sessions in a repository with SHA-1 names (`git init --bare --object-format=sha1`): nothing was"
                            + " changed");
        }
    }
}
