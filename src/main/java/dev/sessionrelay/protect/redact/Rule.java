package dev.sessionrelay.protect.redact;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of secret looks like. The pattern is compiled when one of the keywords is met for the first time, since
 * most sessions meet few.
 *
 * <p>Rules come in three shapes. Those that begin with {@link #ANY_NAME} look for a name ({@code github_token}) to
 * which something is assigned; their beginning, which would be tried everywhere, is left out, and they are matched
 * where the keyword stands. The others are matched at the beginning of the keyword's word, or, when the keyword is no
 * part of the secret, all over the text.
 */
final class Rule {
    static final String ANY_NAME = "[\\w.-]{0,50}?";

    /** The rule for whatever is assigned to something called a key or a token: very often asked, seldom right. */
    static final String GENERIC = "generic-api-key";

    /**
     * How nearly all rules end. They are meant for source code; in prose, a sentence or a bracket may end there as
     * well.
     */
    private static final String END = "(?:[\\x60'\"\\s;]|\\\\[nr]|$)";

    private static final String END_IN_PROSE = "(?:[\\x60'\"\\s;,:!?)\\]}<>|&]|\\.(?!\\w)|\\\\[nr]|$)";

    private static final Pattern BEFORE_BEGINNING = Pattern.compile("^(?:\\(\\?i\\)|\\\\b|\\((?!\\?)|\\(\\?:(?=\\w))+");
    private static final Pattern LAST_SIGN = Pattern.compile("(?<=\\w\\w)[_.-]$");

    private final String id;
    private final String regex;
    private final double entropy;
    private final int group;
    private final List<String> keywords;
    private final List<Allowance> allowances;
    private final boolean named;
    private volatile @Nullable Pattern pattern;

    /** @param group the group of the secret, or 0 for the first one that has something, or else all */
    Rule(String id, String regex, double entropy, int group, List<String> keywords, List<Allowance> allowances) {
        this.id = id;
        this.regex = regex;
        this.entropy = entropy;
        this.group = group;
        this.keywords = keywords.stream()
                .map(keyword -> keyword.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        this.allowances = List.copyOf(allowances);
        this.named = regex.startsWith(ANY_NAME) || regex.startsWith("(?i)" + ANY_NAME);
    }

    Rule called(String otherId) {
        return new Rule(otherId, regex, entropy, group, keywords, allowances);
    }

    /** How a rule is looked for around one of its keywords. */
    enum Reach {
        /** Something is assigned to a name that holds the keyword. */
        NAME,
        /** The match begins with the keyword. */
        HERE,
        /** The match begins with the word that the keyword is in, or a little before. */
        WORD,
        /** The keyword only says that the match may be anywhere in the text. */
        ANYWHERE
    }

    Reach reach(String keyword) {
        String text = regex.toLowerCase(Locale.ROOT).replace("\\.", ".").replace("\\-", "-");
        if (named && isInName(keyword)) {
            return Reach.NAME;
        }
        if (beginning(text).startsWith(keyword)) {
            return Reach.HERE;
        }
        // "ghu_" is written (?:ghu|ghs)_
        return text.contains(LAST_SIGN.matcher(keyword).replaceFirst("")) ? Reach.WORD : Reach.ANYWHERE;
    }

    private boolean isInName(String keyword) {
        int operator = regex.indexOf("(?:=|>|");
        String name = operator < 0 ? "" : regex.substring(0, operator).toLowerCase(Locale.ROOT);
        // One name is written passw(?:or)?d, another private[_-]?ai.
        return name.contains(keyword) || id.equals(GENERIC) || keyword.startsWith("private");
    }

    private static String beginning(String text) {
        return BEFORE_BEGINNING.matcher(text).replaceFirst("");
    }

    String id() {
        return id;
    }

    String regex() {
        return regex;
    }

    double entropy() {
        return entropy;
    }

    int group() {
        return group;
    }

    List<String> keywords() {
        return keywords;
    }

    List<Allowance> allowances() {
        return allowances;
    }

    boolean isNamed() {
        return named;
    }

    Pattern pattern() {
        Pattern compiled = pattern;
        if (compiled == null) {
            String here = named ? regex.replace(ANY_NAME, "") : regex;
            // What is assigned to any key or token is very often a piece of a program, which the same signs follow.
            compiled = Dialect.pattern(id.equals(GENERIC) ? here : here.replace(END, END_IN_PROSE));
            pattern = compiled;
        }
        return compiled;
    }
}
