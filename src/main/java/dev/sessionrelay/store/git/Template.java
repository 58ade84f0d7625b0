package dev.sessionrelay.store.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;

/** A branch's name or a path with places to fill: {@code session-relay/{key}}. */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z-]+)}");
    private static final List<String> KNOWN = List.of("key", "session-id", "plan", "user", "branch", "repo");

    Template {
        text = text.replaceFirst("^/+", "").replaceFirst("/+$", "");
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            if (!KNOWN.contains(places.group(1))) {
                throw Failure.badInput(
                        "\"" + SafeText.of(text, 120) + "\" has a place {" + places.group(1) + "} that is not known",
                        "known are {" + String.join("}, {", KNOWN) + "}");
            }
        }
    }

    static Template branch(String text) {
        Template template = new Template(text);
        String sample = template.sample();
        if (!Repository.isValidRefName("refs/heads/" + sample) || sample.contains("#") || sample.contains("@")) {
            throw unusable(text, "branch");
        }
        return template;
    }

    static Template path(String text) {
        Template template = new Template(text);
        for (String part : template.sample().split("/", -1)) {
            boolean plain = part.chars().noneMatch(c -> c < ' ' || c == '\\' || c == ':');
            if (!plain
                    || part.isEmpty()
                    || part.equals(".")
                    || part.equals("..")
                    || !SafeName.ofFile(part).equals(part)) {
                throw unusable(text, "path");
            }
        }
        return template;
    }

    private static Failure unusable(String text, String what) {
        return Failure.badInput(
                "\"" + SafeText.of(text, 120) + "\" is no " + what + " that git takes",
                "use letters, digits, - _ . and /, and {key}, {session-id}, {plan}, {user}, {branch} or {repo}");
    }

    private String sample() {
        return PLACE.matcher(text).replaceAll("x");
    }

    boolean has(String place) {
        return text.contains("{" + place + "}");
    }

    /** What every name that this makes begins with. */
    String beginning() {
        int place = text.indexOf('{');
        return place < 0 ? text : text.substring(0, place);
    }

    /** The name; empty when a value for it is not known. */
    Optional<String> fill(Map<String, String> values) {
        Matcher places = PLACE.matcher(text);
        StringBuilder name = new StringBuilder();
        while (places.find()) {
            String value = values.get(places.group(1));
            if (value == null) {
                return Optional.empty();
            }
            places.appendReplacement(name, Matcher.quoteReplacement(SafeName.of(value)));
        }
        return Optional.of(places.appendTail(name).toString());
    }

    /** The first place that these values leave empty. */
    String missing(Map<String, String> values) {
        return PLACE.matcher(text)
                .results()
                .map(place -> place.group(1))
                .filter(place -> !values.containsKey(place))
                .findFirst()
                .orElse("");
    }

    /** The values that make this name; empty when none do. */
    Optional<Map<String, String>> read(String name) {
        List<String> places = new ArrayList<>();
        StringBuilder form = new StringBuilder();
        Matcher matcher = PLACE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            form.append(Pattern.quote(text.substring(end, matcher.start()))).append("([^/]+)");
            places.add(matcher.group(1));
            end = matcher.end();
        }
        form.append(Pattern.quote(text.substring(end)));
        Matcher read = Pattern.compile(form.toString()).matcher(name);
        if (!read.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
            values.put(places.get(i), SafeName.textOf(read.group(i + 1)));
        }
        return Optional.of(values);
    }
}
