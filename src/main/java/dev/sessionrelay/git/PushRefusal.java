package dev.sessionrelay.git;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.text.SafeText;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A push that the server took and then turned down, in words. What GitHub means stands in what it says besides.
 *
 * @param why the reason given for the branch
 * @param said all that server and hooks printed
 */
record PushRefusal(String name, String branch, String why, String said) {
    /** GitHub heads each kind of secret it finds by dashes: {@code —— GitHub Personal Access Token ——}. */
    private static final Pattern FOUND = Pattern.compile("[—–-]{2,}+\\s*+([^—–\\n]+?)\\s*[—–-]{2,}");

    private static final Pattern TOO_LARGE =
            Pattern.compile("File (.+?) is ([0-9.]+ [KMG]B); this exceeds .*? limit of ([0-9.]+ [KMG]B)");

    Failure inWords() {
        String all = why + "\n" + said;
        if (all.contains("GH013") && all.contains("secret")) {
            return secretsFound();
        }
        if (all.contains("GH001") || all.contains("exceeds GitHub's file size limit")) {
            return tooLarge();
        }
        if (all.contains("GH013") || all.contains("repository rule violations")) {
            return Failure.notAllowed(
                    "a rule of " + name + " forbids to write branch " + branch + reasons(),
                    "let the rule leave out this branch (session-relay/** for the usual layout), or name another one"
                            + " with --store-branch");
        }
        if (all.contains("GH006") || why.contains("protected branch")) {
            return Failure.notAllowed(
                    "branch " + branch + " of " + name + " is protected" + reasons(),
                    "let its protection leave out this branch, or name another one with --store-branch");
        }
        if (why.contains("non-fast-forward") || why.contains("denyNonFastForwards") || why.contains("denying")) {
            return Failure.notAllowed(
                    name + " does not let branch " + branch + " begin anew (" + SafeText.of(why, 200) + ")",
                    "keep its history: leave out --history squash, and use the layout relay");
        }
        if (all.contains("No space left") || all.contains("disk quota") || all.contains("unable to write")) {
            return Failure.unreachable(
                    "the disk of " + name + " is full" + reasons(), "free some room there, and save again");
        }
        return Failure.notAllowed(
                name + " refused to write branch " + branch + ": " + SafeText.of(why, 200) + reasons(),
                "see what the server's hooks ask for, or name another branch with --store-branch");
    }

    private Failure secretsFound() {
        List<String> kinds = FOUND.matcher(said)
                .results()
                .map(found -> found.group(1))
                .filter(kind -> !kind.isBlank())
                .distinct()
                .toList();
        return Failure.notAllowed(
                name + " refused the push because it found secrets in the session (GH013): "
                        + (kinds.isEmpty() ? "it does not say which" : SafeText.of(String.join(", ", kinds), 300)),
                "renew these secrets, since they stood in the conversation; save with redaction, which replaces them"
                        + " before anything leaves this machine, or allow them on the page that the host named");
    }

    private Failure tooLarge() {
        String files =
                TOO_LARGE.matcher(said).results().map(PushRefusal::sizeOf).collect(Collectors.joining(", "));
        return Failure.notAllowed(
                name + " refuses files this large (GH001)" + (files.isEmpty() ? "" : ": " + SafeText.of(files, 300)),
                "use the layout relay, which cuts a session into pieces of a few MiB");
    }

    private static String sizeOf(MatchResult file) {
        return file.group(1) + " is " + file.group(2) + ", allowed are " + file.group(3);
    }

    private String reasons() {
        String lines = said.lines()
                .map(line ->
                        line.replaceFirst("^(\\s|remote:|error:|[-!*])+", "").strip())
                .filter(line -> !line.isEmpty() && !line.startsWith("Review all") && !line.startsWith("Find and fix"))
                .limit(6)
                .collect(Collectors.joining(" / "));
        return lines.isEmpty() ? "" : " (" + SafeText.of(lines, 400) + ")";
    }
}
