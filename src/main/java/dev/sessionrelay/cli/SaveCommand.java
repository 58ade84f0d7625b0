package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.agent.claude.Discovery;
import dev.sessionrelay.agent.claude.OptIn;
import dev.sessionrelay.agent.claude.StaysBehind;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.git.checkout.Checkout;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.relay.DefaultKey;
import dev.sessionrelay.relay.OnConflict;
import dev.sessionrelay.relay.PlanHeader;
import dev.sessionrelay.relay.ProgramVersion;
import dev.sessionrelay.relay.RunOrigin;
import dev.sessionrelay.relay.Save;
import dev.sessionrelay.relay.trust.Trust;
import dev.sessionrelay.relay.trust.TrustOption;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.store.Key;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.text.HumanSize;
import dev.sessionrelay.transcript.SessionId;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

final class SaveCommand {
    private final Command verb = new Command(
                    "Keeps a Claude Code session in a store: this folder's newest one, or the one named.", this::call)
            .examples(
                    "  session-relay save",
                    "  session-relay save --key pr-12 --store folder:/mnt/sessions",
                    "  session-relay save --encrypt-to github:octocat --encrypt-to age1…",
                    "  session-relay save --session-id 7c53d351-013c-4308-a705-3cc3387680a2 --json",
                    "  session-relay save --sample            no Claude Code here yet? See how it goes");

    private final CliContext world;

    private final LocalOptions.Here here = new LocalOptions.Here(verb);

    private final LocalOptions.There there = new LocalOptions.There(verb);

    private final Command.Given<String> key = verb.text(
            "--key",
            "<key>",
            "The thread that the session belongs to, such as pr-12 (default: <project>/branch-<branch>).");

    private final Command.Given<String> sessionId = verb.text(
            "--session-id",
            "<uuid>",
            "The session (default: the newest of the folder, and in a git checkout of its branch).");

    private final Command.Given<String> branch = verb.text("--branch", "<name>", "Only a session of this git branch.");

    private final Command.Given<String> onConflict = verb.text(
            "--on-conflict",
            "<what>",
            "When the store's session went on in another way: merge (default), which makes one"
                    + " conversation of both and keeps both where that is not safe, keep-both or fail.");

    private final RedactOptions redact = new RedactOptions(verb);

    private final Command.Given<List<String>> encryptTo = verb.texts(
            "--encrypt-to",
            "<recipient>",
            "Seal the session, so that only these can read it: age1…, a line such as ssh-ed25519"
                    + " AAAA…, a file of such lines, or github:<user>. May be given several times (default:"
                    + " $SESSION_RELAY_ENCRYPT_TO, one recipient per line).");

    private final Command.Given<String> signKey = verb.text(
            "--sign-key",
            "<file>",
            "A private key of SSH to sign the session with (default: $SESSION_RELAY_SIGN_KEY).");

    private final Command.Given<String> trust = verb.text(
            "--trust",
            "<whom>",
            "Why what is stored of the session already may become a part of what is saved: same-repository,"
                    + " owner:<name>, signed (by one of --allowed-signers) or any (default).");

    private final Command.Given<List<String>> allowedSigners = verb.texts(
            "--allowed-signers",
            "<file>",
            "Who may have signed it: a file in the form of OpenSSH's allowed_signers, a line of one, or"
                    + " github:<user>.");

    private final Command.Flag sample = verb.flag("--sample", "Save a sample session that comes with the program.");

    private final Command.Given<String> with = verb.text(
            "--with",
            "<what>",
            "Take along what Claude Code reads as instructions: memory (the project's), plans (those that the session"
                    + " names), or both with a comma.");

    private final Command.Flag json = verb.flag("--json", "Print one JSON object.");

    SaveCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() {
        if (sample.isGiven() && sessionId.isGiven()) {
            throw Failure.badInput("--sample and --session-id exclude each other", "give one of them");
        }
        OnConflict conflict = ChoiceWords.onConflict(onConflict.value().orElse("merge"));
        Path folder = here.workingFolder(world);
        SessionStore store = there.open(world, folder, encryptTo.value().orElse(List.of()), signKey.value());
        Save.SaveReceipt receipt = save(folder, store, conflict);
        Optional<PlanHeader.Update> header =
                there.plan().map(plan -> PlanHeader.tell(plan, there.plans(world, folder), receipt.stored(), store));
        if (json.isGiven()) {
            printJson(receipt, header);
        } else {
            print(receipt);
            StaysBehind.of(receipt.files()).forEach(note -> world.err().println("note: " + note));
            header.ifPresent(this::print);
        }
        return (receipt.outcome() == Save.SaveOutcome.KEPT_BOTH ? ExitCode.CONFLICT : ExitCode.DONE).number();
    }

    private Save.SaveReceipt save(Path folder, SessionStore store, OnConflict conflict) {
        if (sample.isGiven()) {
            try (Sample laidOut = Sample.layOut()) {
                Key named = key.value().map(Key::new).orElseGet(() -> new Key("sample"));
                return Save.run(request(laidOut.home(), laidOut.folder(), named, conflict, Optional.empty()), store);
            }
        }
        Key named = key.value()
                .map(Key::new)
                .or(() -> there.plan().map(plan -> new Key("plan-" + plan.number())))
                .orElseGet(() -> DefaultKey.of(folder, !store.isOfOneProject()));
        ClaudeHome home = here.claudeHome(world);
        return Save.run(request(home, folder, named, conflict, ofThisBranch(home, folder)), store);
    }

    /** Where the branch names the thread, what was said on another branch is not of it. */
    private Optional<SessionId> ofThisBranch(ClaudeHome home, Path folder) {
        boolean isNamed = key.isGiven()
                || sessionId.isGiven()
                || branch.isGiven()
                || there.plan().isPresent();
        return isNamed
                ? Optional.empty()
                : Checkout.around(folder)
                        .flatMap(Checkout::branch)
                        .map(own -> new Discovery(home)
                                .newestNotOfAnother(folder, own)
                                .id());
    }

    private Save.SaveRequest request(
            ClaudeHome home, Path folder, Key named, OnConflict conflict, Optional<SessionId> found) {
        return new Save.SaveRequest(
                home,
                folder,
                sessionId.value().map(SessionId::new).or(() -> found),
                branch.value(),
                named,
                conflict,
                RunOrigin.of(
                        world.environment(),
                        world.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                        ProgramVersion.number()),
                redact.redaction(world, folder),
                redact.fails(),
                trust(folder),
                false,
                OptIn.of(with.value().orElse("")));
    }

    /** Signing says of all that is in it that it is ours. */
    private Trust trust(Path folder) {
        StoreContext surroundings = there.surroundings(world, folder);
        return new TrustOption(
                        trust.value().orElse("any"), allowedSigners.value().orElse(List.of()))
                .mean(surroundings.repository().stream().toList(), true, surroundings);
    }

    private void printJson(Save.SaveReceipt receipt, Optional<PlanHeader.Update> header) {
        ObjectNode answer = JsonOutput.success();
        answer.put("outcome", ChoiceWords.name(receipt.outcome()));
        answer.put(
                "saved",
                receipt.outcome() != Save.SaveOutcome.UNCHANGED && receipt.outcome() != Save.SaveOutcome.BEHIND);
        switch (receipt.outcome()) {
            case MERGED, KEPT_BOTH -> answer.put("conflict", ChoiceWords.name(receipt.outcome()));
            case SAVED, UNCHANGED, BEHIND -> {}
        }
        receipt.whyApart().filter(why -> !why.isEmpty()).ifPresent(why -> answer.put("not_merged_because", why));
        JsonOutput.describe(receipt.stored(), answer);
        answer.put("session_file", receipt.files().transcript().toString());
        answer.put("bytes_written", receipt.bytesWritten());
        StaysBehind.of(receipt.files()).forEach(answer.putArray("notes")::add);
        ObjectNode leftOut = answer.putObject("left_out");
        receipt.stored().manifest().prepared().leftOut().forEach(leftOut::put);
        SecretsFound.describe(receipt.secrets(), redact.mode(), answer);
        answer.put(
                "resume_command",
                "claude --resume " + receipt.stored().manifest().sessionId());
        header.ifPresent(update -> JsonOutput.describe(update, answer));
        world.out().println(JsonTree.printableText(answer));
    }

    private void print(PlanHeader.Update header) {
        if (header.isDone()) {
            world.out().println("plan " + header.plan() + " names it");
            header.warning()
                    .ifPresent(warning -> world.err().println("warning: plan " + header.plan() + ": " + warning));
        } else {
            world.err()
                    .println("warning: the session is saved, but plan " + header.plan() + " does not name it: "
                            + header.error().orElse(""));
        }
    }

    private void print(Save.SaveReceipt receipt) {
        Manifest manifest = receipt.stored().manifest();
        String what = manifest.sessionId()
                + manifest.facts().title().map(title -> " \"" + title + "\"").orElse("") + " ("
                + Format.count(manifest.facts().turns(), "turn") + ", " + HumanSize.ofBytes(manifest.size()) + ")";
        String happened = switch (receipt.outcome()) {
            case SAVED -> "saved " + what + ", " + HumanSize.ofBytes(receipt.bytesWritten()) + " of it new";
            case MERGED ->
                "merged: another machine had gone on too, and the store has one conversation of both now: " + what;
            case UNCHANGED -> "nothing new: the store has all of " + what;
            case BEHIND -> "nothing saved: another machine has gone on, the store is further with " + what;
            case KEPT_BOTH ->
                "conflict: session " + receipt.files().id()
                        + " went on in another way in the store, so this one was saved beside it as " + what
                        + receipt.whyApart()
                                .filter(why -> !why.isEmpty())
                                .map(why -> "\n  they were not merged: " + why)
                                .orElse("");
        };
        world.out().println(happened);
        world.out().println("  key  " + Format.key(manifest));
        manifest.seal()
                .ifPresent(seal -> world.out()
                        .println("  sealed to " + Format.count(seal.to().size(), "key")));
        world.out().println("  ref  " + receipt.stored().ref());
        SecretsFound.print(receipt.secrets(), redact.mode(), world.out(), "  ");
        world.out().println("to continue it, here or on another machine that reaches the store:");
        world.out()
                .println("  " + world.command() + " restore "
                        + Format.quoted(receipt.stored().ref().toString()));
    }
}
