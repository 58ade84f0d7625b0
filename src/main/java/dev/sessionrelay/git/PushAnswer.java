package dev.sessionrelay.git;

import dev.sessionrelay.text.SafeText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What became of a push.
 *
 * @param refused why the branch was not moved; empty when it was
 * @param said what the server and its hooks said besides
 */
record PushAnswer(Optional<String> refused, String said) {
    private static final int LONGEST_LINE = 1000;

    static PushAnswer read(InputStream in) throws IOException {
        InputStream answer = new BufferedInputStream(in);
        boolean banded = SideBand.isIn(answer);
        SideBand band = new SideBand(new PacketReader(answer));
        String gaveUp = "";
        Optional<String> refused = Optional.empty();
        boolean ok = false;
        try {
            PacketReader report = new PacketReader(banded ? band : answer);
            while (report.next() == PacketReader.PacketKind.LINE) {
                String line = SafeText.of(report.text(), LONGEST_LINE);
                if (line.startsWith("unpack ") && !line.equals("unpack ok")) {
                    refused = Optional.of(line.substring("unpack ".length()));
                } else if (line.startsWith("ng ")) {
                    // "ng <ref> <why>"
                    String[] words = line.split(" ", 3);
                    String why = words.length == 3 ? words[2] : "refused";
                    refused = refused.or(() -> Optional.of(why));
                } else if (line.startsWith("ok ")) {
                    ok = true;
                } else if (line.startsWith("ERR ")) {
                    refused = Optional.of(line.substring("ERR ".length()));
                }
            }
        } catch (SideBand.ServerGaveUp e) {
            gaveUp = String.valueOf(e.getMessage());
        }
        if (refused.isEmpty() && !ok) {
            if (gaveUp.isEmpty() && band.said().isEmpty()) {
                throw new ConnectionFailure(new IOException("the server did not say whether it took the push"));
            }
            refused = Optional.of(gaveUp.isEmpty() ? "no reason given" : gaveUp);
        }
        return new PushAnswer(refused, band.said());
    }

    /** Whether another writer moved the branch in between, in the words of git's several checks for it. */
    boolean isLostRace() {
        String why = refused.orElse("");
        return why.contains("failed to update ref")
                || why.contains("cannot lock ref")
                || why.contains("fetch first")
                || why.contains("stale info")
                || why.contains("remote ref is at")
                || why.contains("reference already exists")
                || why.contains("incorrect old value")
                || why.contains("failed to lock");
    }
}
