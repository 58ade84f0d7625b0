package dev.sessionrelay.action;

import dev.sessionrelay.action.home.Kubernetes;
import dev.sessionrelay.action.runner.ActionContext;
import dev.sessionrelay.action.runner.FileCommands;
import dev.sessionrelay.action.runner.GivenInputs;
import dev.sessionrelay.action.runner.Inputs;
import dev.sessionrelay.action.runner.Output;
import dev.sessionrelay.action.runner.StepMode;
import dev.sessionrelay.action.runner.StepState;
import dev.sessionrelay.action.runner.WorkflowCommands;
import dev.sessionrelay.failure.Exhausted;
import dev.sessionrelay.failure.ExitCode;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.process.ShutdownGrace;
import dev.sessionrelay.text.SafeText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code session-relay action [save|restore]}, as the runner starts it: first for the step itself and, for the relay, a
 * second time when the job ends. The one place where a failure becomes an annotation and an exit code.
 *
 * <p>At the job's end a failure only warns. The work of the job is done by then, and the next run can do without.
 */
public final class ActionFace {
    private static final int SHORTEST_SECRET = 16;

    private final ActionContext runner;
    private final WorkflowCommands log;
    private final FileCommands files;
    private final Outputs outputs = new Outputs();
    private boolean failsOnSecrets;

    private ActionFace(ActionContext runner) {
        this.runner = runner;
        this.log = WorkflowCommands.masked(runner.out(), runner.masks());
        this.files = new FileCommands(runner);
    }

    public static int run(ActionContext runner, List<String> arguments) {
        ActionFace face = new ActionFace(runner);
        Optional<StepMode> before = StepState.modeBefore(runner);
        boolean atEnd = before.isPresent();
        if (atEnd && before.get() != StepMode.RELAY) {
            return ExitCode.DONE.number();
        }
        // All of it: a step that is cancelled before its save begins has to save as well.
        try (ShutdownGrace.GraceWork _ = runner.interruption().begin()) {
            if (atEnd) {
                face.atEnd();
            } else {
                face.atStep(fixedMode(arguments));
            }
            return ExitCode.DONE.number();
        } catch (Failure e) {
            return face.explain(e, atEnd);
        } catch (IOException e) {
            return face.explain(outOfReach(e), atEnd);
        } catch (RuntimeException | Error e) {
            return face.explain(Exhausted.describe(e).orElseGet(() -> ourBug(e)), atEnd);
        }
    }

    private static Optional<StepMode> fixedMode(List<String> arguments) {
        return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "" -> Optional.empty();
            case "save" -> Optional.of(StepMode.SAVE);
            case "restore" -> Optional.of(StepMode.RESTORE);
            default ->
                throw Failure.badInput(
                        "the action was started with \"" + SafeText.of(arguments.getFirst(), 80) + "\"",
                        "action.yml gives save, restore or nothing");
        };
    }

    private void atStep(Optional<StepMode> fixedMode) throws IOException {
        GivenInputs given = new GivenInputs(runner.environment());
        mask(given);
        Kubernetes.refuse(runner);
        try {
            // Before the inputs are checked: without this, the call at the job's end would take itself for the first.
            StepState.recordBegun(
                    files,
                    fixedMode.orElseGet(() -> looselyRead(given)),
                    runner.clock().instant());
            Job job = Job.of(runner, Inputs.read(runner.environment(), fixedMode), log, files, outputs);
            if (job.inputs().mode() == StepMode.SAVE) {
                save(job, StepState.none());
            } else {
                restore(job);
            }
        } finally {
            outputs.writeTo(files);
        }
    }

    private void mask(GivenInputs given) {
        given.text("token").ifPresent(log::mask);
        // A key of SSH has many lines, and the runner masks line by line.
        Stream.of("decrypt-key", "sign-key")
                .flatMap(name -> given.lines(name).stream())
                .filter(line -> line.length() >= SHORTEST_SECRET)
                .forEach(log::mask);
    }

    private static StepMode looselyRead(GivenInputs given) {
        return given.text("mode").filter(mode -> !mode.equals("relay")).isPresent() ? StepMode.RESTORE : StepMode.RELAY;
    }

    private void atEnd() throws IOException {
        mask(new GivenInputs(runner.environment()));
        try {
            save(
                    Job.of(runner, Inputs.read(runner.environment(), Optional.of(StepMode.RELAY)), log, files, outputs),
                    StepState.read(runner));
        } finally {
            outputs.writeTo(files);
        }
    }

    private void restore(Job job) throws IOException {
        outputs.set(Output.RESTORED, false);
        if (job.inputs().mode() == StepMode.RELAY) {
            job.stores().refusePublic();
        }
        log.group("Session Relay: restore");
        try {
            new RestoreStep(job).run();
        } finally {
            log.endGroup();
        }
    }

    private void save(Job job, StepState state) throws IOException {
        failsOnSecrets = job.inputs().failOnSecrets();
        outputs.set(Output.SAVED, false);
        log.group("Session Relay: save");
        try {
            new SaveStep(job, state).run();
        } finally {
            log.endGroup();
        }
    }

    /** A job that has done its work does not fail for its session, unless it is to fail for what is in it. */
    private int explain(Failure failure, boolean atEnd) {
        boolean isAskedFor = failsOnSecrets && failure.exitCode() == ExitCode.NOT_ALLOWED;
        if (atEnd && !isAskedFor) {
            log.warning("Session not saved", failure.describe());
            return ExitCode.DONE.number();
        }
        log.error(title(failure.exitCode()), failure.describe());
        return failure.exitCode().number();
    }

    private static String title(ExitCode code) {
        return "Session Relay: "
                + switch (code) {
                    case DONE, NOTHING_FOUND -> "nothing found";
                    case BAD_INPUT -> "an input is wrong";
                    case NOT_ALLOWED -> "not allowed";
                    case CONFLICT -> "two continuations";
                    case UNREACHABLE -> "out of reach";
                    case DAMAGED -> "damaged or untrusted content";
                    case OUR_BUG -> "a bug";
                };
    }

    private static Failure outOfReach(IOException error) {
        return new Failure(
                ExitCode.UNREACHABLE,
                "could not read or write Claude Code's files on the runner: "
                        + SafeText.of(error.getMessage() == null ? error.toString() : error.getMessage(), 300),
                "run the job again; if it stays so, name a folder that the runner shares with its containers with"
                        + " claude-home: ${{ runner.temp }}/_github_home/.claude",
                error);
    }

    private static Failure ourBug(Throwable error) {
        return new Failure(
                ExitCode.OUR_BUG,
                "this is a bug in Session Relay: " + SafeText.of(String.valueOf(error), 300) + placeOf(error),
                "please report it with this line",
                error);
    }

    private static String placeOf(Throwable error) {
        StackTraceElement[] trace = error.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }
}
