package dev.sessionrelay.store.git.wire;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit from looking for the user's and the machine's git settings, for which it would run git: what is stored must
 * not depend on them.
 */
final class NoSettings extends SystemReader.Delegate {

    private NoSettings(SystemReader machine) {
        super(machine);
    }

    static void install() {
        SystemReader.setInstance(new NoSettings(SystemReader.getInstance()));
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new None(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new None(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new None(parent, fs);
    }

    private static final class None extends FileBasedConfig {
        @SuppressWarnings("NullAway") // a configuration without a file has null for it
        None(Config parent, FS fs) {
            super(parent, null, fs);
            // Ours are checked by SHA-256 besides, so the JDK's SHA-1, several times as fast, is good enough here.
            setString(ConfigConstants.CONFIG_CORE_SECTION, null, "sha1implementation", "jdkNative");
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
