package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.protect.redact.Redaction;
import dev.sessionrelay.protect.redact.SecretReport;
import dev.sessionrelay.text.SafeText;
import java.io.PrintStream;
import java.util.Locale;
import java.util.StringJoiner;

/** How secrets that were found are told of: rule, number and place, never the secret. */
final class SecretsFound {
    private SecretsFound() {}

    static void describe(SecretReport report, ObjectNode into) {
        ObjectNode counts = into.putObject("secrets");
        report.perRule().forEach(counts::put);
        ArrayNode places = into.putArray("secret_places");
        for (SecretReport.ReportedSecret found : report.places()) {
            ObjectNode place = places.addObject();
            place.put("rule", found.place().rule());
            place.put("count", found.count());
            place.put("file", found.place().file());
            place.put("line", found.place().line());
            place.put("field", SafeText.of(found.place().field(), 200));
        }
        into.put("all_places_listed", report.isWhole());
        into.put("images_not_scanned", report.images());
        into.put("rules_given_up", report.gaveUp());
    }

    /** The same for what was saved: whether it lies there as it was. */
    static void describe(SecretReport report, Redaction.Mode mode, ObjectNode into) {
        describe(report, into);
        into.put("redact", mode.name().toLowerCase(Locale.ROOT));
        into.put("stored_in_clear", isInClear(report, mode));
    }

    private static boolean isInClear(SecretReport report, Redaction.Mode mode) {
        return switch (mode) {
            case ON -> false;
            case REPORT -> !report.isEmpty();
            // Nobody looked, so nobody knows of none.
            case OFF -> true;
        };
    }

    /** One line, when there is anything to tell. */
    static void print(SecretReport report, PrintStream out, String indent) {
        print(report, Redaction.Mode.ON, out, indent);
    }

    static void print(SecretReport report, Redaction.Mode mode, PrintStream out, String indent) {
        String inClear = isInClear(report, mode)
                ? ": stored IN CLEAR (--redact " + mode.name().toLowerCase(Locale.ROOT) + ")"
                : "";
        if (!report.isEmpty()) {
            StringJoiner rules = new StringJoiner(", ");
            report.perRule().forEach((rule, count) -> rules.add(count + " " + rule));
            out.println(indent + "secrets  " + rules + inClear);
        } else if (!inClear.isEmpty()) {
            out.println(indent + "secrets  not looked for" + inClear);
        }
        if (report.images() > 0) {
            out.println(indent + "not looked into: " + Format.count(report.images(), "image"));
        }
    }

    static void printPlaces(SecretReport report, PrintStream out) {
        for (SecretReport.ReportedSecret found : report.places()) {
            SecretReport.SecretPlace place = found.place();
            out.println(place.file() + ":" + place.line() + ": " + place.rule()
                    + (place.field().isEmpty() ? "" : " in " + SafeText.of(place.field(), 200))
                    + (found.count() > 1 ? " (" + found.count() + " times)" : ""));
        }
        if (!report.isWhole()) {
            out.println("and more in other places");
        }
    }
}
