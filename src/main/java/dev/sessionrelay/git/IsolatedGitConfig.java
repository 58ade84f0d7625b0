package dev.sessionrelay.git;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit from looking for the user's and the machine's git settings, for which it would run git: what is stored
 * must not depend on them.
 */
final class IsolatedGitConfig extends SystemReader.Delegate {

    private IsolatedGitConfig(SystemReader machine) {
        super(machine);
    }

    static void install() {
        SystemReader.setInstance(new IsolatedGitConfig(SystemReader.getInstance()));
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    private static final class NoConfig extends FileBasedConfig {
        private static final Duration COARSEST = FS.FileStoreAttributes.FALLBACK_TIMESTAMP_RESOLUTION;

        @SuppressWarnings("NullAway") // a configuration without a file has null for it
        NoConfig(Config parent, FS fs) {
            super(parent, null, fs);
            // Ours are checked by SHA-256 besides, so the JDK's SHA-1, several times as fast, is good enough here.
            setString(ConfigConstants.CONFIG_CORE_SECTION, null, "sha1implementation", "jdkNative");
        }

        /**
         * JGit measures how finely a file system tells times apart, for seconds in each process, unless it is told.
         * This is the coarsest that it reckons with: it looks twice at what has just been written.
         */
        @Override
        public long getTimeUnit(String section, String part, String name, long usual, TimeUnit unit) {
            return section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
                    ? unit.convert(COARSEST)
                    : super.getTimeUnit(section, part, name, usual, unit);
        }

        @Override
        public void load() {
            // There is nothing to load.
        }

        @Override
        public void save() {
            // Nor to save.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
