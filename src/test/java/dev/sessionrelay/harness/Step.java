package dev.sessionrelay.harness;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One step of a job: this project's action with {@code uses}, or a script with {@code shell}. */
public final class Step {
    private final RunnerJob job;
    private final String id;
    private final Map<String, String> with = new LinkedHashMap<>();
    private final Map<String, String> env = new LinkedHashMap<>();
    private final Map<String, String> state = new LinkedHashMap<>();
    private Optional<String> script = Optional.empty();
    private Optional<ActionFile> action = Optional.empty();

    Step(RunnerJob job, String id) {
        this.job = job;
        this.id = id;
    }

    /** @param path {@code .} or {@code ./save} */
    public Step uses(String path) throws IOException {
        action = Optional.of(ActionFile.read(path));
        return this;
    }

    public Step with(String name, String value) {
        with.put(name, value);
        return this;
    }

    public Step env(String name, String value) {
        env.put(name, value);
        return this;
    }

    public Step shell(String script) {
        this.script = Optional.of(script);
        return this;
    }

    public StepResult run() throws IOException {
        return start().await();
    }

    /** The step's main part. An action's post part is due from now on, however this ends. */
    Running start() throws IOException {
        if (action.isEmpty()) {
            StepFiles files = StepFiles.create(job.runner());
            Map<String, String> environment = job.environment(files, env);
            return new Running(files, job.startScript(job.evaluate(script.orElseThrow()), environment));
        }
        if (action.get().postEntrypoint().isPresent()) {
            job.addPost(this);
        }
        return start(action.get(), action.get().entrypoint());
    }

    Running startPost() throws IOException {
        ActionFile file = action.orElseThrow();
        return start(file, file.postEntrypoint());
    }

    String id() {
        return id;
    }

    private Running start(ActionFile file, Optional<String> entrypoint) throws IOException {
        var inputs = new LinkedHashMap<>(file.defaults());
        inputs.putAll(with);
        inputs.replaceAll((_, value) -> job.evaluate(value));
        var own = new LinkedHashMap<>(env);
        own.replaceAll((_, value) -> job.evaluate(value));
        inputs.forEach(
                (name, value) -> own.put("INPUT_" + name.replace(' ', '_').toUpperCase(java.util.Locale.ROOT), value));
        state.forEach((name, value) -> own.put("STATE_" + name, value));
        file.environment().forEach(own::putIfAbsent);
        StepFiles files = StepFiles.create(job.runner());
        var arguments = file.args().stream()
                .map(argument -> Expressions.evaluate(
                        argument, name -> inputs.getOrDefault(name.replaceFirst("^inputs\\.", ""), "")))
                .toList();
        return new Running(files, job.startContainer(job.environment(files, own), entrypoint, arguments));
    }

    /** A step under way. */
    final class Running {
        private final StepFiles files;
        private final Command command;

        private Running(StepFiles files, Command command) {
            this.files = files;
            this.command = command;
        }

        String saidSoFar() {
            return command.saidSoFar();
        }

        boolean isAlive() {
            return command.process().isAlive();
        }

        StepResult await() throws IOException {
            return collect(command.await());
        }

        StepResult cancel() throws IOException {
            return collect(command.cancel());
        }

        private StepResult collect(Command.Ended ended) throws IOException {
            StepResult result = files.collect(ended);
            state.putAll(result.state());
            job.took(Step.this, result);
            return result;
        }
    }
}
