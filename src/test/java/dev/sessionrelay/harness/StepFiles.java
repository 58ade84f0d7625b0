package dev.sessionrelay.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The files that one step writes for its job. They belong to the runner's user. */
record StepFiles(Path output, Path env, Path state, Path path, Path summary) {

    static StepFiles create(Runner runner) throws IOException {
        Path folder = runner.temp().resolve("_runner_file_commands");
        String id = UUID.randomUUID().toString();
        return new StepFiles(
                runner.user().own(Files.createFile(folder.resolve("set_output_" + id))),
                runner.user().own(Files.createFile(folder.resolve("set_env_" + id))),
                runner.user().own(Files.createFile(folder.resolve("save_state_" + id))),
                runner.user().own(Files.createFile(folder.resolve("add_path_" + id))),
                runner.user().own(Files.createFile(folder.resolve("step_summary_" + id))));
    }

    Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("GITHUB_OUTPUT", output.toString());
        environment.put("GITHUB_ENV", env.toString());
        environment.put("GITHUB_STATE", state.toString());
        environment.put("GITHUB_PATH", path.toString());
        environment.put("GITHUB_STEP_SUMMARY", summary.toString());
        return environment;
    }

    StepResult collect(Command.Ended ended) throws IOException {
        var exported = new LinkedHashMap<>(FileCommands.parse(env));
        exported.keySet().removeIf("NODE_OPTIONS"::equalsIgnoreCase);
        return new StepResult(
                ended.exit(),
                ended.said(),
                FileCommands.parse(output),
                exported,
                FileCommands.parse(state),
                Files.readString(summary),
                ended.took());
    }
}
