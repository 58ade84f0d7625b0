package dev.sessionrelay.text;

import java.util.Locale;

/** Numbers of bytes as people say them. */
public final class HumanSize {
    private static final String[] UNITS = {"B", "KB", "MB", "GB"};

    private HumanSize() {}

    public static String ofBytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1000 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || amount >= 10 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }
}
