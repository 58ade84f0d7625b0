package dev.sessionrelay.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sessionrelay.bundle.Amount;
import dev.sessionrelay.bundle.JsonTree;
import dev.sessionrelay.claude.With;
import dev.sessionrelay.flow.Asked;
import dev.sessionrelay.flow.OnConflict;
import dev.sessionrelay.flow.Restore;
import dev.sessionrelay.flow.Sealing;
import dev.sessionrelay.flow.TrustWords;
import java.nio.file.Path;
import java.util.List;

final class RestoreCommand {
    private final Verb verb = new Verb(
                    "Brings a stored session to this folder, so that `claude --resume` continues it.", this::call)
            .examples(
                    "  session-relay restore                  what was last saved from this project and branch",
                    "  session-relay restore --key pr-12",
                    "  session-relay restore folder:/mnt/sessions/7c53d351-013c-4308-a705-3cc3387680a2");

    private final World world;

    private final Where.Here here = new Where.Here(verb);

    private final Which which = new Which(verb);

    private final Verb.Given<String> onConflict = verb.text(
            "--on-conflict",
            "<what>",
            "When the session went on in another way here: merge (default), which adds what is new to"
                    + " yours, keep-both, which restores the stored one beside it, under a new id, or fail.");

    private final Verb.Given<String> trust = verb.text(
            "--trust",
            "<whom>",
            "Why it may be restored: same-repository (it lies in this checkout's repository),"
                    + " owner:<name> (it lies in a place of theirs), signed (by one of --allowed-signers) or"
                    + " any (default).");

    private final Verb.Given<List<String>> allowedSigners = verb.texts(
            "--allowed-signers",
            "<file>",
            "Who may have signed it: a file in the form of OpenSSH's allowed_signers, a line of one, or"
                    + " github:<user>.");

    private final Verb.Flag acceptRollback = verb.flag(
            "--accept-rollback",
            "With --trust signed: restore also a save that is older than the last one seen on this machine.");

    private final Verb.Given<String> with = verb.text(
            "--with",
            "<what>",
            "Place what the save took along with its own --with: memory, plans, or both with a comma. Needs --trust; a"
                    + " file of yours that differs is left as it is.");

    private final Verb.Flag json = verb.flag("--json", "Print one JSON object.");

    RestoreCommand(World world) {
        this.world = world;
    }

    Verb verb() {
        return verb;
    }

    private int call() {
        OnConflict conflict = Choice.onConflict(onConflict.value().orElse("merge"));
        Path folder = here.workingFolder(world);
        Which.Chosen chosen = which.choose(world, folder, true);
        Restore.Receipt receipt = Restore.run(
                new Restore.Request(
                        here.claudeHome(world),
                        folder,
                        chosen.query(),
                        conflict,
                        which.trust(
                                new TrustWords(
                                        trust.value().orElse(TrustWords.UNASKED),
                                        allowedSigners.value().orElse(List.of()),
                                        acceptRollback.isGiven()),
                                world,
                                folder),
                        Asked.by(chosen.query()),
                        Sealing.isUsual(world.environment()),
                        With.of(with.value().orElse(""))),
                chosen.store());
        receipt.notes().forEach(note -> world.err().println("note: " + note));
        if (json.isGiven()) {
            printJson(receipt);
        } else {
            print(receipt);
        }
        return 0;
    }

    private void printJson(Restore.Receipt receipt) {
        ObjectNode answer = Json.success();
        answer.put("outcome", Choice.name(receipt.outcome()));
        answer.put("restored", true);
        Json.describe(receipt.stored(), answer);
        switch (receipt.outcome()) {
            case MERGED, KEPT_BOTH -> answer.put("conflict", Choice.name(receipt.outcome()));
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

    private void print(Restore.Receipt receipt) {
        String happened = switch (receipt.outcome()) {
            case PLACED -> "restored to " + receipt.transcript();
            case APPENDED ->
                "added " + Amount.ofBytes(receipt.bytesWritten()) + " that were new to " + receipt.transcript();
            case MERGED ->
                "the session went on in another way here, so what was new (" + Amount.ofBytes(receipt.bytesWritten())
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
