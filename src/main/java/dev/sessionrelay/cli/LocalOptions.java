package dev.sessionrelay.cli;

import dev.sessionrelay.agent.claude.ClaudeHome;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.plan.PlanConnection;
import dev.sessionrelay.plan.PlanIssue;
import dev.sessionrelay.store.Ref;
import dev.sessionrelay.store.SessionStore;
import dev.sessionrelay.store.StoreContext;
import dev.sessionrelay.store.sealed.Sealing;
import dev.sessionrelay.stores.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The options that say where things are, the same for every verb that has them. */
final class LocalOptions {
    private LocalOptions() {}

    /** This machine's side. */
    static final class Here {
        private final Command.Given<Path> claudeHome;
        private final Command.Given<Path> workingDirectory;

        Here(Command verb) {
            claudeHome = verb.path(
                    "--claude-home",
                    "<dir>",
                    "Claude Code's config folder (default: $CLAUDE_CONFIG_DIR, else ~/.claude).");
            workingDirectory =
                    verb.path("--working-directory", "<dir>", "The folder that claude runs in (default: this one).");
        }

        ClaudeHome claudeHome(CliContext world) {
            Optional<Path> given =
                    claudeHome.value().map(home -> world.workingFolder().resolve(home));
            if (given.isPresent() && Files.exists(given.get()) && !Files.isDirectory(given.get())) {
                throw Failure.badInput(
                        "--claude-home " + claudeHome.value().get() + " is no folder",
                        "name Claude Code's config folder, as ~/.claude");
            }
            return ClaudeHome.find(given, world.environment());
        }

        Path workingFolder(CliContext world) {
            return workingDirectory
                    .value()
                    .map(folder -> world.workingFolder().resolve(folder).normalize())
                    .orElse(world.workingFolder());
        }
    }

    /** The store's side. */
    static final class There {
        private final Command.Given<String> store;
        private final StoreOptions options;
        private final Command.Given<List<String>> decryptKeys;

        There(Command verb) {
            store = verb.text(
                    "--store",
                    "<store>",
                    "Where sessions are kept: folder:<dir>, git, gist, release, or auto, which takes git for"
                            + " a private repository and release for a public one; git:, release: and auto: may be"
                            + " followed by a repository (default: folder, in your data folder).");
            options = new StoreOptions(verb);
            decryptKeys = verb.texts(
                    "--decrypt-key",
                    "<file>",
                    "The private key of age or SSH that opens what is sealed (default: $SESSION_RELAY_KEY,"
                            + " else ~/.ssh/id_ed25519).");
        }

        SessionStore open(CliContext world, Path workingFolder) {
            return open(world, workingFolder, List.of(), Optional.empty());
        }

        /**
         * @param encryptTo whom to seal to what is saved there
         * @param signKey what to sign it with
         */
        SessionStore open(CliContext world, Path workingFolder, List<String> encryptTo, Optional<String> signKey) {
            return new Sealing(encryptTo, decryptKeys(), signKey, surroundings(world, workingFolder))
                    .around(open(store.value().orElse("folder"), world, workingFolder, options));
        }

        SessionStore openFor(Ref ref, CliContext world, Path workingFolder) {
            return new Sealing(List.of(), decryptKeys(), Optional.empty(), surroundings(world, workingFolder))
                    .around(Stores.openFor(ref, surroundings(world, workingFolder)));
        }

        private List<String> decryptKeys() {
            return decryptKeys.value().orElse(List.of());
        }

        StoreContext surroundings(CliContext world, Path workingFolder) {
            String named = store.value().filter(text -> text.contains(":")).orElse(":");
            return surroundings(world, workingFolder, options).at(named.substring(named.indexOf(':') + 1));
        }

        Optional<PlanIssue> plan() {
            return options.plan();
        }

        /** The plans of the run's repository, or of the one that the working folder was cloned from. */
        PlanConnection plans(CliContext world, Path workingFolder) {
            return plans(world, workingFolder, options);
        }

        static SessionStore open(String store, CliContext world, Path workingFolder, StoreOptions options) {
            return Stores.open(store, surroundings(world, workingFolder, options));
        }

        static SessionStore openFor(Ref ref, CliContext world, Path workingFolder, StoreOptions options) {
            return Stores.openFor(ref, surroundings(world, workingFolder, options));
        }

        static StoreContext surroundings(CliContext world, Path workingFolder, StoreOptions options) {
            return new StoreContext(
                    world.environment(),
                    workingFolder,
                    options.given(),
                    line -> world.err().println(line));
        }

        static PlanConnection plans(CliContext world, Path workingFolder, StoreOptions options) {
            StoreContext surroundings = surroundings(world, workingFolder, options);
            Optional<String> repository = surroundings
                    .variable("GITHUB_REPOSITORY")
                    .or(() -> surroundings.checkout().originUrl())
                    .or(() -> surroundings.option("repository"));
            return new PlanConnection(world.environment(), surroundings.credentials(), repository, surroundings.told());
        }
    }
}
