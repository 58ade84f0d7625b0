package dev.sessionrelay.protect.redact.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collection;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for pieces of a secret as somebody would who wants it: in what is stored, and in what that becomes when
 * escapes, encodings, terminal codes and what stands before lines are taken off, up to three times.
 */
final class Survivors {
    private static final int DEPTH = 3;
    private static final int PIECE = 8;
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{8,}=*");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{2}(?:[ :]?[0-9a-fA-F]{2}){3,}");
    private static final UnaryOperator<String> UNICODE = coded("\\\\+u([0-9a-fA-F]{4})", 16);
    private static final UnaryOperator<String> CODES = coded("&#(\\d{1,5});", 10);
    private static final Pattern ESCAPE = Pattern.compile("\\\\+([nrtb\"'/$])");
    private static final Pattern NUMBERS = Pattern.compile("(?:\\d{2,3}, ?){3,}\\d{2,3}");
    private static final List<UnaryOperator<String>> WAYS = List.of(
            when("\\", Survivors::unescaped),
            when("%", coded("%([0-9a-fA-F]{2})", 16)),
            when("\\x", coded("\\\\+x([0-9a-fA-F]{2})", 16)),
            when("\\", coded("\\\\+([0-3][0-7]{2})", 8)),
            when("&", text -> CODES.apply(text).replace("&amp;", "&")),
            without("(?:\u001b|\\\\+x1b|\\\\+033)\\[[0-9;]*m|[\u200b-\u200d\u00ad\ufeff\0]|.\b"),
            without("(?m)^\\s*(?:\\d+[\t→]|[>+#|-] ?)?\\s*|\\\\?[\r\n]+|\" \\+ ?\"|\" \"|\",\""),
            text -> inside(text, BASE64, Survivors::base64),
            text -> inside(text, HEX, run -> textOnly(text(HexFormat.of().parseHex(run.replaceAll("[ :]", ""))))),
            text -> inside(text, NUMBERS, Survivors::numbers));

    private Survivors() {}

    /** A piece that is still there: eight characters, or more than half of a shorter secret. */
    static Optional<String> of(Collection<String> secrets, Collection<String> stored) {
        Set<String> texts = texts(stored);
        for (String secret : secrets) {
            int length = Math.min(PIECE, secret.length() / 2 + 1);
            for (int at = 0; at + length <= secret.length(); at++) {
                String piece = secret.substring(at, at + length);
                if (texts.stream().anyMatch(text -> text.contains(piece))) {
                    return Optional.of(piece);
                }
            }
        }
        return Optional.empty();
    }

    private static Set<String> texts(Collection<String> stored) {
        Set<String> texts = new LinkedHashSet<>(stored);
        Deque<String> last = new ArrayDeque<>(texts);
        for (int depth = 0; depth < DEPTH; depth++) {
            Deque<String> next = new ArrayDeque<>();
            for (String text : last) {
                for (UnaryOperator<String> way : WAYS) {
                    String other = way.apply(text);
                    if (!other.isEmpty() && texts.add(other)) {
                        next.add(other);
                    }
                }
            }
            last = next;
        }
        return texts;
    }

    private static UnaryOperator<String> when(String sign, UnaryOperator<String> way) {
        return text -> text.contains(sign) ? way.apply(text) : text;
    }

    private static UnaryOperator<String> without(String form) {
        Pattern pattern = Pattern.compile(form);
        return text -> pattern.matcher(text).replaceAll("");
    }

    private static UnaryOperator<String> coded(String form, int radix) {
        Pattern pattern = Pattern.compile(form);
        return text -> pattern.matcher(text).replaceAll(match -> {
            int code = Integer.parseInt(match.group(1), radix);
            return Matcher.quoteReplacement(Character.toString((char) code));
        });
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(UNICODE.apply(text)).replaceAll(match -> switch (match.group(1)) {
            case "n", "r" -> "\n";
            case "t" -> "\t";
            case "b" -> "\b";
            case "$" -> "\\$";
            default -> match.group(1);
        });
    }

    private static String inside(String text, Pattern form, UnaryOperator<String> decode) {
        StringBuilder all = new StringBuilder();
        form.matcher(text).results().map(MatchResult::group).map(decode).forEach(all::append);
        return all.toString();
    }

    /** What is mostly no text is no encoded text; looking into it again and again would take long. */
    private static String textOnly(String decoded) {
        long readable = decoded.chars()
                .filter(c -> c != 0xfffd && (c == 0 || c == '\n' || c >= ' '))
                .count();
        return readable * 10 < decoded.length() * 7L ? "" : decoded + "\n";
    }

    /** Read from each of four characters, since letters of something else may stand before it. */
    private static String base64(String run) {
        String letters = run.replace("=", "").replace('-', '+').replace('_', '/');
        StringBuilder all = new StringBuilder();
        for (int from = 0; from < Math.min(4, letters.length() - 7); from++) {
            int length = letters.length() - from;
            String part = letters.substring(from, from + length - (length % 4 == 1 ? 1 : 0));
            all.append(textOnly(text(Base64.getDecoder().decode(part))));
        }
        return all.toString();
    }

    private static String numbers(String run) {
        StringBuilder text = new StringBuilder();
        for (String number : run.split(", ?", -1)) {
            text.append((char) Integer.parseInt(number));
        }
        return text.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
