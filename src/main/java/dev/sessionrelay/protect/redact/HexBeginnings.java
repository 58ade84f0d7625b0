package dev.sessionrelay.protect.redact;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** How tokens and private keys begin where they are written in hexadecimal digits. */
final class HexBeginnings {
    static final List<String> ALL = all();

    private HexBeginnings() {}

    private static List<String> all() {
        List<String> beginnings = new ArrayList<>(Halves.BEGINNINGS);
        beginnings.addAll(List.of("-----BEGIN", "AKIA", "ASIA", "AIzaSy", "eyJhbGci"));
        List<String> written = new ArrayList<>();
        for (String beginning : beginnings) {
            byte[] bytes = beginning.getBytes(StandardCharsets.US_ASCII);
            for (String between : new String[] {"", ":", " "}) {
                written.add(HexFormat.ofDelimiter(between).formatHex(bytes));
            }
        }
        return List.copyOf(written);
    }
}
