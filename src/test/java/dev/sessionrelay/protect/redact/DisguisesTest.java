package dev.sessionrelay.protect.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DisguisesTest {
    private static final String KNOWN = "Walnut5-Tr9xQz!b";
    private static final String TOKEN = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

    @Test
    void findsAKnownValueHoweverItIsWritten() {
        Redaction redaction = new Redaction(Redaction.Mode.ON, OwnRules.NONE, Map.of(), List.of(KNOWN));
        written(KNOWN).forEach((how, text) -> {
            String left = redaction.text("seen: " + text + " end");
            assertThat(left).as(how).contains("[redacted:").doesNotContain(text.substring(text.length() / 2));
        });
    }

    @Test
    void findsATokenThatNobodyKnowsInAnEncoding() {
        Redaction redaction = new Redaction(Redaction.Mode.ON, OwnRules.NONE, Map.of(), List.of());
        byte[] bytes = TOKEN.getBytes(StandardCharsets.US_ASCII);
        for (String text : List.of(
                HexFormat.of().formatHex(bytes),
                HexFormat.ofDelimiter(":").formatHex(bytes),
                HexFormat.of().withPrefix("%").withUpperCase().formatHex(bytes),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().encodeToString(TOKEN.getBytes(StandardCharsets.UTF_16LE)),
                TOKEN.substring(0, 20) + "\n" + TOKEN.substring(20),
                "\"" + TOKEN.substring(0, 20) + "\" + \"" + TOKEN.substring(20) + "\"")) {
            assertThat(redaction.text(text)).as(text).contains("[redacted:").doesNotContain(text);
        }
    }

    private static Map<String, String> written(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(bytes);
        String base64 = Base64.getEncoder().encodeToString(("robot:" + value).getBytes(StandardCharsets.UTF_8));
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("hexdump", "\n00000000  " + hex.replaceAll("(..)", "$1 ") + " |" + value + "|\n");
        forms.put("xxd", "\n00000000: " + hex.replaceAll("(....)", "$1 ") + " " + value + "\n");
        forms.put("colons", "57:" + HexFormat.ofDelimiter(":").formatHex(bytes));
        forms.put("numbers", "[" + numbers(bytes) + "]");
        forms.put(
                "twice", Base64.getEncoder().encodeToString(Base64.getEncoder().encode(bytes)));
        forms.put("hex of base64", HexFormat.of().formatHex(Base64.getEncoder().encode(bytes)));
        forms.put("broken base64", base64.substring(0, 16) + "\n" + base64.substring(16));
        forms.put("percent twice", HexFormat.of().withPrefix("%25").formatHex(bytes));
        forms.put("letters", "'" + String.join("', '", value.split("")) + "'");
        forms.put("reversed", new StringBuilder(value).reverse().toString());
        forms.put("continued", value.substring(0, 8) + "\\\n" + value.substring(8));
        return forms;
    }

    private static String numbers(byte[] bytes) {
        StringBuilder numbers = new StringBuilder();
        for (byte b : bytes) {
            numbers.append(numbers.isEmpty() ? "" : ", ").append(b & 0xFF);
        }
        return numbers.toString();
    }
}
