package dev.sessionrelay.protect.redact.corpus;

import dev.sessionrelay.protect.redact.SecretReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Texts that make a search start anew at each place, and what it takes to go through them. */
public final class WorstInputs {
    private static final List<String> WORDS = List.of(
            "password",
            "passwd",
            "pwd",
            "pass",
            "token",
            "secret",
            "api_key",
            "apikey",
            "key",
            "auth",
            "credential",
            "Authorization",
            "Bearer",
            "Basic",
            "Cookie",
            "BEGIN",
            "END",
            "PRIVATE KEY",
            "eyJ",
            "ghp_",
            "sk-",
            "AKIA",
            "xoxb-",
            "AIza",
            "curl",
            "mysql",
            "docker login",
            "sshpass",
            "echo",
            "IDENTIFIED BY",
            "Passwort",
            "mot de passe",
            "contraseña",
            "machine",
            "login",
            "redacted",
            "data",
            "http",
            "postgres",
            "JWT",
            "hf_");
    private static final List<String> SIGNS = List.of(
            "=",
            ": ",
            "://",
            "\"",
            "'",
            "`",
            " -p ",
            " -p",
            " -u ",
            "@",
            "\\",
            "\\\\",
            "%2",
            "%41",
            "\\u0041",
            "\n",
            " ",
            "\t",
            "-",
            "_",
            "+",
            "/",
            "[",
            "]",
            "{",
            "<",
            "&",
            ";",
            "$",
            "${",
            "|",
            ".",
            "<<",
            "\u001b[0m",
            "\u200b",
            "é",
            "a",
            "A",
            "0",
            "aB3",
            "[redacted:",
            "-----",
            "-----BEGIN ",
            "-----BEGIN PRIVATE KEY-----\n",
            "YWJj",
            "00 ");
    private static final List<String> BOTH = List.of(
            "password=",
            "token=",
            "password=\"",
            "password='",
            "password: ",
            "\"password\": \"",
            "--password ",
            "pwd=;",
            "://a:b",
            "://a:",
            "http://",
            "eyJa.eyJ",
            "eyJ.",
            "-u a:",
            "curl -u ",
            "curl ",
            "-----BEGIN A-----\nAAAA\n",
            "BEGIN RSA PRIVATE KEY-----",
            "Bearer ",
            "Authorization: ",
            "password is ",
            "the password ",
            "key key key ",
            "a=b;",
            "a: 1\n",
            "x\n",
            "password\n",
            "password =\n",
            "\"\\\"",
            "<a>",
            "password</a>",
            "${{",
            "$(",
            "token token",
            "aaaa-",
            "a.a.",
            "1\tpassword=\n",
            "+ password=",
            "> password: ",
            "machine a login b password ");

    private WorstInputs() {}

    static List<String> units() {
        List<String> units = new ArrayList<>();
        Stream.of(WORDS, SIGNS, BOTH).forEach(units::addAll);
        WORDS.forEach(word -> units.addAll(List.of(word + " ", word + "=", word + ": \"", word + "\n")));
        return units;
    }

    /** In nanoseconds of processor time, all threads together. */
    static long nanos(String unit, int length, Place place) throws IOException {
        String text = unit.repeat(length / unit.length() + 1).substring(0, length);
        Map<String, String> session = place.session(text);
        var machine = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = machine.getProcessCpuTime();
        Stored.of(session, Map.of(), new SecretReport());
        return machine.getProcessCpuTime() - before;
    }

    /** Prints each unit with what it takes. Arguments: length, part of a unit. */
    public static void main(String[] arguments) throws IOException {
        int length = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1 << 18;
        String part = arguments.length > 1 ? arguments[1] : "";
        for (String unit : units()) {
            for (Place place : List.of(Place.PROMPT, Place.TOOL_RESULTS)) {
                if (unit.contains(part)) {
                    long quarter = nanos(unit, length / 4, place) + 1;
                    long whole = quarter > 1_000_000_000L ? 16 * quarter : nanos(unit, length, place) + 1;
                    String verdict = whole > 8 * quarter && whole > 300_000_000L
                            ? "NOT LINEAR"
                            : whole > 1000L * length ? "slow" : "";
                    System.out.printf(
                            "%6d ms %-12s %8.1f MB/s  %s in %s%n",
                            whole / 1_000_000, verdict, length * 1e3 / whole, Records.quoted(unit), place);
                }
            }
        }
    }
}
