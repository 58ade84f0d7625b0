package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.agent.claude.OptIn;
import dev.sessionrelay.json.JsonTree;
import dev.sessionrelay.relay.OnConflict;
import dev.sessionrelay.relay.Restore;
import dev.sessionrelay.relay.trust.TrustOption;
import dev.sessionrelay.store.sealed.AskedSession;
import dev.sessionrelay.store.sealed.Sealing;
import dev.sessionrelay.text.HumanSize;
import java.nio.file.Path;
import java.util.List;

final class RestoreCommand {
    private final Command verb = new Command(
                    "Brings a stored session to this folder, so that `claude --resume` continues it.", this::call)
            .examples(
                    "  session-relay restore                  what was last saved from this project and branch",
                    "  session-relay restore --key pr-12",
                    "  session-relay restore folder:/mnt/sessions/7c53d351-013c-4308-a705-3cc3387680a2");

    private final CliContext world;

    private final LocalOptions.Here here = new LocalOptions.Here(verb);

    private final SessionSelection which = new SessionSelection(verb);

    private final Command.Given<String> onConflict = verb.text(
            "--on-conflict",
            "<what>",
            "When the session went on in another way here: merge (default), which adds what is new to"
                    + " yours, keep-both, which restores the stored one beside it, under a new id, or fail.");

    private final Command.Given<String> trust = verb.text(
            "--trust",
            "<whom>",
            "Why it may be restored: same-repository (it lies in this checkout's repository),"
                    + " owner:<name> (it lies in a place of theirs), signed (by one of --allowed-signers) or"
                    + " any (default).");

    private final Command.Given<List<String>> allowedSigners = verb.texts(
            "--allowed-signers",
            "<file>",
            "Who may have signed it: a file in the form of OpenSSH's allowed_signers, a line of one, or"
                    + " github:<user>.");

    private final Command.Flag acceptRollback = verb.flag(
            "--accept-rollback",
            "With --trust signed: restore also a save that is older than the last one seen on this machine.");

    private final Command.Given<String> with = verb.text(
            "--with",
            "<what>",
            "Place what the save took along with its own --with: memory, plans, or both with a comma. Needs --trust; a"
                    + " file of yours that differs is left as it is.");

    private final Command.Flag json = verb.flag("--json", "Print one JSON object.");

    RestoreCommand(CliContext world) {
        this.world = world;
    }

    Command verb() {
        return verb;
    }

    private int call() {
        OnConflict conflict = ChoiceWords.onConflict(onConflict.value().orElse("merge"));
        Path folder = here.workingFolder(world);
        SessionSelection.SelectedSession chosen = which.choose(world, folder, true);
        Restore.RestoreReceipt receipt = Restore.run(
                new Restore.RestoreRequest(
                        here.claudeHome(world),
                        folder,
                        chosen.query(),
                        conflict,
                        which.trust(
                                new TrustOption(
                                        trust.value().orElse(TrustOption.UNASKED),
                                        allowedSigners.value().orElse(List.of()),
                                        acceptRollback.isGiven()),
                                world,
                                folder),
                        AskedSession.by(chosen.query()),
                        Sealing.isUsual(world.environment()),
                        OptIn.of(with.value().orElse(""))),
                chosen.store());
        receipt.notes().forEach(note -> world.err().println("note: " + note));
        if (json.isGiven()) {
            printJson(receipt);
        } else {
            print(receipt);
        }
        return 0;
    }

    private void printJson(Restore.RestoreReceipt receipt) {
        ObjectNode answer = JsonOutput.success();
        answer.put("outcome", ChoiceWords.name(receipt.outcome()));
        answer.put("restored", true);
        JsonOutput.describe(receipt.stored(), answer);
        switch (receipt.outcome()) {
            case MERGED, KEPT_BOTH -> answer.put("conflict", ChoiceWords.name(receipt.outcome()));
            case PLACED, APPENDED, REPLACED, UNCHANGED, AHEAD -> {}
        }
        answer.put("session_id", receipt.id().text());
        answer.put("session_file", receipt.transcript().toString());
        answer.put("bytes_written", receipt.bytesWritten());
        answer.put("resume_command", "claude --resume " + receipt.id());
        ArrayNode notes = answer.putArray("notes");
        receipt.notes().forEach(notes::add);
        world.out().println(JsonTree.printableText(answer));
    }

    private void print(Restore.RestoreReceipt receipt) {
        String happened = switch (receipt.outcome()) {
            case PLACED -> "restored to " + receipt.transcript();
            case APPENDED ->
                "added " + HumanSize.ofBytes(receipt.bytesWritten()) + " that were new to " + receipt.transcript();
            case MERGED ->
                "the session went on in another way here, so what was new (" + HumanSize.ofBytes(receipt.bytesWritten())
                        + ") was put behind yours in " + receipt.transcript();
            case REPLACED ->
                "replaced " + receipt.transcript() + " by the stored session, which has all of it and more";
            case UNCHANGED -> "nothing to do: " + receipt.transcript() + " has it all";
            case AHEAD -> "left alone: " + receipt.transcript() + " has gone further than the stored session";
            case KEPT_BOTH ->
                "the session went on in another way here, so the stored one was put beside it: " + receipt.transcript();
        };
        world.out().println(happened);
        world.out().println("continue with:");
        world.out().println("claude --resume " + receipt.id());
    }
}
