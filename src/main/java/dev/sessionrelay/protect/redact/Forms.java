package dev.sessionrelay.protect.redact;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * All ways in which tools write a value: escaped for JSON, shells, pages and URLs, in hexadecimal digits, in base64.
 */
final class Forms {
    private static final int SHORTEST = 8;

    private Forms() {}

    static Set<String> of(String value) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(value);
        String inJson = Vocabulary.escaped(value);
        forms.add(inJson);
        forms.add(Vocabulary.escaped(inJson));
        forms.add(value.replace("'", "'\\''"));
        forms.add(value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        forms.add(value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
        String inUrl = URLEncoder.encode(value, StandardCharsets.UTF_8);
        forms.add(inUrl);
        String asScriptsDo = inUrl.replace("+", "%20").replace("%7E", "~");
        forms.add(asScriptsDo);
        forms.add(asScriptsDo.replace("*", "%2A"));
        forms.add(asScriptsDo
                .replace("%21", "!")
                .replace("%27", "'")
                .replace("%28", "(")
                .replace("%29", ")"));
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (value.length() >= SHORTEST) {
            addDigits(bytes, forms);
            forms.addAll(Base64Text.formsOf(bytes));
            forms.addAll(Base64Text.formsOf(value.getBytes(StandardCharsets.UTF_16LE)));
            addTwice(bytes, forms);
            addLists(bytes, forms);
            forms.add(new StringBuilder(value).reverse().toString());
        }
        forms.removeIf(form -> form.length() < SHORTEST);
        return forms;
    }

    private static void addTwice(byte[] bytes, Set<String> forms) {
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
        byte[] again = base64.getBytes(StandardCharsets.US_ASCII);
        String twice = Base64.getEncoder().withoutPadding().encodeToString(again);
        forms.add(twice.substring(0, again.length * 8 / 6));
        forms.add(HexFormat.of().formatHex(again));
    }

    /** As programs write arrays. */
    private static void addLists(byte[] bytes, Set<String> forms) {
        for (String between : new String[] {", ", ",", " "}) {
            StringBuilder numbers = new StringBuilder();
            for (byte b : bytes) {
                numbers.append(numbers.isEmpty() ? "" : between).append(b & 0xFF);
            }
            forms.add(numbers.toString());
            forms.add(HexFormat.ofDelimiter(between).withPrefix("0x").formatHex(bytes));
        }
        String letters = new String(bytes, StandardCharsets.UTF_8);
        for (String quote : new String[] {"'", "\""}) {
            forms.add(String.join(quote + ", " + quote, letters.split("")));
        }
    }

    private static void addDigits(byte[] bytes, Set<String> forms) {
        String hex = HexFormat.of().formatHex(bytes);
        forms.add(hex);
        forms.add(hex.toUpperCase(Locale.ROOT));
        for (HexFormat format : new HexFormat[] {
            HexFormat.ofDelimiter(" "),
            HexFormat.ofDelimiter(":"),
            HexFormat.ofDelimiter(" ").withUpperCase(),
            HexFormat.ofDelimiter(":").withUpperCase(),
            HexFormat.of().withPrefix("\\x"),
            HexFormat.of().withPrefix("%"),
            HexFormat.of().withPrefix("%").withUpperCase()
        }) {
            forms.add(format.formatHex(bytes));
        }
    }
}
