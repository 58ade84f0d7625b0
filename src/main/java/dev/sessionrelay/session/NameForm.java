package dev.sessionrelay.session;

import dev.sessionrelay.text.SafeText;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a name comes to where others read it: file systems that know no case or write letters another way, Windows, and
 * people, who cannot see what is invisible and take a letter of another script for the one they expect.
 */
public final class NameForm {
    /** What parts a folder, and what parts a file's second content, on Windows. */
    private static final String PARTING = "\\:";

    private static final Pattern DEVICE = Pattern.compile(
            "(?:con|prn|aux|nul|conin\\$|conout\\$|clock\\$|(?:com|lpt)[0-9])(?: *\\..*)?", Pattern.DOTALL);
    /** What Windows calls a file with a longer name. */
    private static final Pattern SHORT_NAME = Pattern.compile("[^.~]{1,7}~[0-9]{1,6}(?:\\.[^.]{0,3})?");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** Letters of other scripts, and signs, that look like one of those in the names that matter here. */
    private static final Map<Integer, String> ALIKE = alike(
            "a:аαɑ⍺",
            "b:ьЬв",
            "c:сϲⅽᴄ",
            "d:ԁⅾɗ",
            "e:еєεҽ℮",
            "g:ɡցԍ",
            "h:һհн",
            "i:іιıɩ1|lļӏɪ!",
            "j:јϳʝ",
            "k:кκ",
            "m:мⅿ",
            "n:ոпη",
            "o:оοσ0օەⲟ",
            "p:рρ",
            "r:гᴦⲅ",
            "s:ѕꜱ5$",
            "t:тτ",
            "u:υսᴜ",
            "v:νѵⅴ",
            "w:ѡԝω",
            "x:хχⅹ",
            "y:уүγ",
            "z:ᴢ",
            ".:․。．·",
            "-:‐‑‒–—−_");

    private NameForm() {}

    private static Map<Integer, String> alike(String... groups) {
        Map<Integer, String> map = new HashMap<>();
        for (String group : groups) {
            group.substring(2).codePoints().forEach(letter -> map.put(letter, group.substring(0, 1)));
        }
        return Map.copyOf(map);
    }

    /** Whether every file system and every person reads the name as it is written. */
    public static boolean isPlain(String part) {
        if (part.isEmpty() || part.isBlank() || part.endsWith(".") || part.endsWith(" ") || part.startsWith(" ")) {
            return false;
        }
        String folded = folded(part);
        return part.codePoints().allMatch(NameForm::isPlain)
                && !DEVICE.matcher(folded).matches()
                && !SHORT_NAME.matcher(folded).matches();
    }

    private static boolean isPlain(int character) {
        return PARTING.indexOf(character) < 0
                && (character == ' ' || !SafeText.isInvisible(character))
                && character != 0xFFFD;
    }

    /** The same for two names that some file system takes for one. */
    public static String folded(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
        String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    /** The same for two names that a person may take for one. It is no name. */
    public static String looks(String part) {
        String bare = MARKS.matcher(Normalizer.normalize(folded(part), Normalizer.Form.NFKD))
                .replaceAll("");
        StringBuilder seen = new StringBuilder();
        bare.codePoints().filter(character -> !SafeText.isInvisible(character)).forEach(character -> {
            String other = ALIKE.get(character);
            if (other == null) {
                seen.appendCodePoint(character);
            } else {
                seen.append(other);
            }
        });
        return seen.toString()
                .replace("rn", "m")
                .replace("vv", "w")
                .replaceFirst("^[. ]*(?=\\.)", "")
                .replaceFirst("[. ]+$", "");
    }
}
