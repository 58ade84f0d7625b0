package dev.sessionrelay.protect.redact.corpus;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Ways of writing a value: quoted as a language asks, encoded, or taken apart. */
final class Writing {
    private static final Pattern PLAIN = Pattern.compile("[\\w.+/=@:-]*");
    private static final Map<String, UnaryOperator<String>> ALL = Map.ofEntries(
            Map.entry("sh", value -> PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'"),
            Map.entry("xml", value -> value.replace("&", "&amp;").replace("<", "&lt;")),
            Map.entry("yaml", value -> PLAIN.matcher(value).matches() ? value : "'" + value + "'"),
            Map.entry("url", Writing::percent),
            Map.entry("esc", value -> value.replace("\n", "\\n")),
            Map.entry("escesc", value -> value.replace("\n", "\\\\n")),
            Map.entry("indent2", value -> value.replace("\n", "\n  ")),
            Map.entry("indent4", value -> value.replace("\n", "\n    ")),
            Map.entry("indent6", value -> value.replace("\n", "\n      ")),
            Map.entry("hexspace", v -> HexFormat.ofDelimiter(" ").formatHex(v.getBytes(StandardCharsets.UTF_8))),
            Map.entry("HEXU", v -> v.toUpperCase(Locale.ROOT)),
            Map.entry("hexdumpC", v -> hexdump(v)),
            Map.entry(
                    "bytes0x",
                    v -> HexFormat.ofDelimiter(", ").withPrefix("0x").formatHex(v.getBytes(StandardCharsets.UTF_8))),
            Map.entry("nums", v -> numbers(v)),
            Map.entry("hexent", v -> each(v, "&#x%x;")),
            Map.entry("reversed", v -> new StringBuilder(v).reverse().toString()),
            Map.entry("gapquote", v -> halves(v, "' + '")),
            Map.entry("chars", v -> v.replaceAll("(.)(?=.)", "$1', '")),
            Map.entry("num", v -> numbered(v)),
            Map.entry("patch", v -> v.replace("\n", "\",\n\"+")),
            Map.entry("quoted", value -> "> " + value.replace("\n", "\n> ")),
            Map.entry("comment", value -> "# " + value.replace("\n", "\n# ")),
            Map.entry("concat", value -> "\"" + value.replace("\n", "\\n\" +\n    \"") + "\""),
            Map.entry("oneline", value -> value.replace("\n", " ")),
            Map.entry("glued", value -> value.replace("\n", "")),
            Map.entry(
                    "body", value -> value.replaceAll("-----[^-]+-----\n?", "").stripTrailing()),
            Map.entry("head", value -> value.substring(0, value.length() * 2 / 3)),
            Map.entry("user", value -> "robot:" + value),
            Map.entry("b64", value -> Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))),
            Map.entry(
                    "b64url",
                    value -> Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(value.getBytes(StandardCharsets.UTF_8))),
            Map.entry(
                    "utf16b64", value -> Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_16LE))),
            Map.entry("psh", value -> "$password = '" + value + "'; Connect-Thing -Password $password"),
            Map.entry("wrap", value -> value.replaceAll("(.{20})", "$1\n")),
            Map.entry("wrap76", value -> value.replaceAll("(.{76})", "$1\n")),
            Map.entry("backslash", value -> halves(value, "\\\n")),
            Map.entry("halves", value -> halves(value, "\" + \"")),
            Map.entry("hex", value -> HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8))),
            Map.entry("HEX", value -> ALL().get("hex").apply(value).toUpperCase(Locale.ROOT)),
            Map.entry(
                    "hexcolons", value -> HexFormat.ofDelimiter(":").formatHex(value.getBytes(StandardCharsets.UTF_8))),
            Map.entry("hexx", value -> each(value, "\\x%02x")),
            Map.entry("unicode", value -> each(value, "\\u%04x")),
            Map.entry("octal", value -> each(value, "\\%03o")),
            Map.entry("percent", value -> each(value, "%%%02X")),
            Map.entry("entities", value -> each(value, "&#%d;")),
            Map.entry("numbers", value -> each(value, "%d, ").replaceAll(", $", "")),
            Map.entry("zerowidth", value -> halves(value, "\u200b")),
            Map.entry("softhyphen", value -> halves(value, "\u00ad")),
            Map.entry("ansi", value -> halves(value, "\u001b[0m\u001b[31m")),
            Map.entry("ansieach", value -> each(value, "\u001b[1m%c")),
            Map.entry("ansiesc", value -> halves(value, "\\x1b[0m\\x1b[31m")),
            Map.entry("overstrike", value -> each(value, "%1$c\b%1$c")),
            Map.entry("utf16", value -> each(value, "%c\0")),
            Map.entry("xxd", Writing::xxd),
            Map.entry("upper", value -> value.toUpperCase(Locale.ROOT)),
            Map.entry("gap", value -> halves(value, " ")),
            Map.entry("linebreak", value -> halves(value, "\n")),
            Map.entry("cut", value -> value.substring(0, value.length() * 3 / 4)),
            Map.entry("groups4", value -> value.replaceAll("(.{4})(?=.)", "$1 ")));

    private Writing() {}

    static UnaryOperator<String> named(String name) {
        UnaryOperator<String> writing = ALL.get(name);
        if (writing == null) {
            throw new IllegalArgumentException(name + " is not a way of writing");
        }
        return writing;
    }

    private static Map<String, UnaryOperator<String>> ALL() {
        return ALL;
    }

    /** As {@code hexdump -C} prints it. */
    private static String hexdump(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        StringBuilder dump = new StringBuilder();
        for (int at = 0; at < bytes.length; at += 16) {
            int end = Math.min(at + 16, bytes.length);
            String pairs = HexFormat.ofDelimiter(" ").formatHex(bytes, at, end);
            String halves = pairs.length() > 23 ? pairs.substring(0, 23) + " " + pairs.substring(23) : pairs;
            String text = new String(bytes, at, end - at, StandardCharsets.US_ASCII).replaceAll("[^ -~]", ".");
            dump.append("%08x  %-49s |%s|%n".formatted(at, halves, text));
        }
        return dump.toString().strip();
    }

    private static String numbers(String value) {
        StringBuilder numbers = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            numbers.append(numbers.isEmpty() ? "" : ", ").append(b & 0xFF);
        }
        return numbers.toString();
    }

    /** With the numbers of lines from the second one on. */
    private static String numbered(String value) {
        StringBuilder lines = new StringBuilder();
        int number = 1;
        for (String line : value.split("\n", -1)) {
            lines.append(number == 1 ? "" : "\n" + number + "\t").append(line);
            number++;
        }
        return lines.toString();
    }

    private static String percent(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String halves(String value, String between) {
        int middle = value.length() / 2;
        return value.substring(0, middle) + between + value.substring(middle);
    }

    private static String each(String value, String form) {
        return value.chars()
                .mapToObj(c -> form.contains("c") ? form.formatted((char) c) : form.formatted(c))
                .collect(Collectors.joining());
    }

    /** As {@code xxd} prints it: offset, eight pairs of bytes, and the text again. */
    private static String xxd(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        StringBuilder dump = new StringBuilder();
        for (int at = 0; at < bytes.length; at += 16) {
            int end = Math.min(at + 16, bytes.length);
            String pairs = HexFormat.of().formatHex(bytes, at, end).replaceAll("(.{4})", "$1 ");
            String text = new String(bytes, at, end - at, StandardCharsets.UTF_8).replaceAll("[^ -~]", ".");
            dump.append("%08x: %-40s %s%n".formatted(at, pairs, text));
        }
        return dump.toString().stripTrailing();
    }
}
