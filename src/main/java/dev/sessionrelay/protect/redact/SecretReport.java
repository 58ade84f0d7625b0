package dev.sessionrelay.protect.redact;

import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.text.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was found and where; never the secret itself. */
public final class SecretReport {
    /** More places than this are counted and not named. */
    private static final int MOST_PLACES = 1000;

    private final Map<String, Map<String, Long>> perRuleAndFile = new TreeMap<>();
    private final Map<SecretPlace, Long> places = new LinkedHashMap<>();
    private long images;
    private long gaveUp;
    private boolean isWhole = true;

    /**
     * @param field where in the record, as {@code message.content[0].text}; empty in a file of plain text
     */
    public record SecretPlace(String rule, String file, long line, String field) {
        SecretPlace behind(long lines) {
            return new SecretPlace(rule, file, line + lines, field);
        }
    }

    public record ReportedSecret(SecretPlace place, long count) {
        @Override
        public String toString() {
            return place.rule() + " in " + place.file() + ", line " + place.line()
                    + (place.field().isEmpty() ? "" : ", " + SafeText.of(place.field(), 200))
                    + (count > 1 ? " (" + count + " times)" : "");
        }
    }

    void add(String rule, EntryName file, long line, String field) {
        perRuleAndFile.computeIfAbsent(rule, _ -> new TreeMap<>()).merge(file.text(), 1L, Long::sum);
        name(new SecretPlace(rule, file.text(), line, field), 1);
    }

    private void name(SecretPlace place, long count) {
        if (places.size() < MOST_PLACES || places.containsKey(place)) {
            places.merge(place, count, Long::sum);
        } else {
            isWhole = false;
        }
    }

    void addNotLookedInto(long moreImages, long timesGivenUp) {
        images += moreImages;
        gaveUp += timesGivenUp;
    }

    /** Adds what was found in the part of a file that begins behind so many lines. */
    void addAll(SecretReport part, long linesBefore) {
        part.perRuleAndFile.forEach((rule, files) -> files.forEach((file, count) ->
                perRuleAndFile.computeIfAbsent(rule, _ -> new TreeMap<>()).merge(file, count, Long::sum)));
        part.places.forEach((place, count) -> name(place.behind(linesBefore), count));
        isWhole &= part.isWhole;
        addNotLookedInto(part.images, part.gaveUp);
    }

    public boolean isEmpty() {
        return perRuleAndFile.isEmpty();
    }

    public Map<String, Map<String, Long>> perRuleAndFile() {
        return perRuleAndFile;
    }

    public Map<String, Long> perRule() {
        Map<String, Long> perRule = new TreeMap<>();
        perRuleAndFile.forEach((rule, files) -> perRule.put(
                rule, files.values().stream().mapToLong(Long::longValue).sum()));
        return perRule;
    }

    public long count() {
        return perRule().values().stream().mapToLong(Long::longValue).sum();
    }

    public List<ReportedSecret> places() {
        List<ReportedSecret> all = new ArrayList<>();
        places.forEach((place, count) -> all.add(new ReportedSecret(place, count)));
        return all;
    }

    /** Whether all places are named. */
    public boolean isWhole() {
        return isWhole;
    }

    /** Images, which nobody looked into. */
    public long images() {
        return images;
    }

    /** How often a rule was stopped because it took too long. */
    public long gaveUp() {
        return gaveUp;
    }
}
