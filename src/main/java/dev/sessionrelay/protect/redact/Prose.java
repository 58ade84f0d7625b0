package dev.sessionrelay.protect.redact;

import java.util.Set;

/** Secrets that a sentence tells: "the password for the database is X", "use X as the token", "Passwort lautet X". */
final class Prose {
    /** Words directly before the secret, in the languages that are spoken most; a letter for each byte. */
    private static final Set<String> SAYING = Set.of(
            "is",
            "was",
            "be",
            "are",
            "to",
            "ist",
            "lautet",
            "war",
            "heisst",
            "hei\u00c3\u009ft",
            "est",
            "es",
            "era",
            "ser\u00c3\u00a1",
            "sera",
            "sei",
            "auf",
            "now",
            "on",
            "called",
            "worked",
            "reads",
            "equals",
            "became",
            "becomes",
            "remains",
            "type",
            "enter",
            "use",
            "=",
            "->",
            "=>",
            ":",
            "/",
            "-",
            "|",
            "\u00e2\u0080\u0093",
            "\u00e2\u0080\u0094",
            "\u00e2\u0086\u0092",
            "\u00c3\u00a9",
            "\u00c3\u00a8",
            "jest",
            "je",
            "\u00c3\u00a4r",
            "er",
            "and",
            "und",
            "et",
            "y",
            "e",
            "en",
            "\u00c2\u00ab",
            "only",
            "set",
            "with",
            "mit",
            "por",
            "par",
            "avec",
            "con",
            "com",
            "zu",
            "\u00c3\u00a0",
            "a",
            "in");
    /** Verbs of which the secret is the object, and the words behind it that lead on to its name. */
    private static final Set<String> GIVING = Set.of(
            "enter",
            "type",
            "use",
            "using",
            "with",
            "paste",
            "give",
            "gib",
            "tippe",
            "verwende",
            "nutze",
            "mit",
            "saisis",
            "saisissez",
            "tape",
            "tapez",
            "entre",
            "entrez",
            "utilise",
            "utilisez",
            "introduce",
            "ingresa",
            "escribe",
            "usa",
            "inserisci",
            "digita",
            "digite",
            "insira",
            "voer",
            "gebruik");

    private static final Set<String> AS = Set.of(
            "as",
            "als",
            "como",
            "comme",
            "come",
            "is",
            "ist",
            "est",
            "es",
            "was",
            "war",
            "\u00c3\u00a8",
            "\u00c3\u00a9");
    private static final Set<String> LEADING = Set.of(
            "when", "wenn", "quand", "lorsque", "cuando", "quando", "wanneer", "at", "bei", "for", "if", "as", "once");
    private static final int MOST_WORDS = 10;
    private static final int MOST_BEFORE = 9;
    private static final int REACH = 110;

    private final byte[] b;
    private final int begin;
    private final int end;

    Prose(byte[] bytes, int begin, int end) {
        this.b = bytes;
        this.begin = begin;
        this.end = end;
    }

    void around(int nameFrom, int nameTo, CommandScan.Secrets secrets) {
        Told told = new Told(b, secrets);
        boolean verb = Words.lower(b, nameFrom, nameTo).equals("pass");
        if (!after(nameTo, told, verb ? Told.By.VERB : Told.By.NAME, isWord(nameFrom, nameTo)) && !verb) {
            before(nameFrom, told);
        }
    }

    /** Behind "key", of which most are none of a lock. */
    void key(int to, CommandScan.Secrets secrets) {
        after(to, new Told(b, secrets), Told.By.VERB, false);
    }

    /** Whether this is a word of a sentence, and not a name in a program. */
    private boolean isWord(int from, int to) {
        boolean capitals = true;
        for (int i = from; i < to; i++) {
            capitals &= !Wordiness.isLower((char) (b[i] & 0xFF)) && b[i] != '.';
        }
        for (int i = from + 1; i < to && !capitals; i++) {
            boolean small = Wordiness.isLower((char) (b[i - 1] & 0xFF));
            if (b[i] == '_' || b[i] == '.' || (small && Wordiness.isUpper((char) (b[i] & 0xFF)))) {
                return false;
            }
        }
        return true;
    }

    private boolean after(int nameTo, Told told, Told.By by, boolean isWord) {
        int at = marks(nameTo);
        int colon = at;
        while (colon < end
                && colon - at < 3
                && (b[colon] == ' ' || b[colon] == (byte) 0xC2 || b[colon] == (byte) 0xA0)) {
            colon++;
        }
        boolean colons = colon < end && b[colon] == ':';
        at += at < end && !colons && b[at] == ',' ? 1 : 0;
        if (at < end && !colons && b[at] != ' ' && b[at] != '\t') {
            return false;
        }
        Words words = new Words(b, begin, end, colons ? marks(colon + 1) : at);
        boolean said = colons;
        boolean announced = colons;
        for (int count = 0; count < MOST_WORDS && words.to() - nameTo < REACH; count++) {
            if (!words.next(announced)) {
                return false;
            }
            if (announced && (words.lower().isEmpty() || isFence(words))) {
                continue;
            }
            // A name in a program has a type or a call beside it.
            boolean beside = count == 0 && (isWord || colons);
            Told.By how = said && by == Told.By.NAME ? Told.By.SAID : by;
            if ((beside || said) && told.is(words.from(), words.to(), how)) {
                return true;
            }
            announced = b[words.to() - 1] == ':';
            said = announced || SAYING.contains(words.lower());
            if (words.ends() && !said) {
                return false;
            }
        }
        return false;
    }

    /** The line that opens a block of code. */
    private boolean isFence(Words words) {
        return words.to() - words.from() >= 3
                && words.to() - words.from() < 12
                && Runs.startsWith(b, words.from(), words.to(), "```");
    }

    private int marks(int from) {
        int at = from;
        while (at < end && at - from < 6 && "\"'`*_)".indexOf(b[at]) >= 0) {
            at++;
        }
        return at;
    }

    private void before(int nameFrom, Told told) {
        int at = nameFrom;
        while (at > begin && "\"'`*_(".indexOf(b[at - 1]) >= 0) {
            at--;
        }
        Words words = new Words(b, begin, end, at);
        boolean said = at < nameFrom && b[at] == '(' && at > begin && b[at - 1] == ' ';
        boolean leads = false;
        boolean closed = false;
        int from = -1;
        int to = -1;
        for (int count = 0; count < MOST_BEFORE && words.previous(); count++) {
            if (said && count < 6) {
                told.is(words.from(), words.to(), Told.By.SAID);
                return;
            }
            if (leads && from >= 0 && GIVING.contains(words.lower())) {
                told.is(from, to, Told.By.VERB);
                return;
            }
            if (words.ends() && count > 0) {
                return;
            }
            closed |= words.closesBracket();
            said = AS.contains(words.lower()) || (words.opensBracket() && !closed);
            leads |= LEADING.contains(words.lower());
            from = words.from();
            to = words.to();
        }
    }

    /** Behind a name in another script: signs and short words of that language, and then what it is. */
    void foreign(int to, CommandScan.Secrets secrets) {
        Told told = new Told(b, secrets);
        int at = to;
        for (int count = 0; count < 7; count++) {
            int stop = Math.min(end, at + 24);
            while (at < stop && (b[at] < 0 || " \t:=\"'`*".indexOf(b[at]) >= 0)) {
                at++;
            }
            int from = at;
            while (at < end && at - from < 200 && (b[at] > ' ' || (at > from && b[at] < 0))) {
                at++;
            }
            if (at - from >= 6 && told.is(from, at, Told.By.SAID)) {
                return;
            }
            if (at == from || at - from > 12) {
                return;
            }
        }
    }
}
