package dev.sessionrelay.store.sealed;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Digest;
import dev.sessionrelay.io.file.Leftovers;
import dev.sessionrelay.io.file.Owner;
import dev.sessionrelay.io.file.PlainFile;
import dev.sessionrelay.io.file.PrivateFolder;
import dev.sessionrelay.io.file.StateFolder;
import dev.sessionrelay.io.file.WholeFile;
import dev.sessionrelay.protect.seal.Opener;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.ManifestJson;
import dev.sessionrelay.session.Seal;
import dev.sessionrelay.session.SealedManifestJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine that can seal and not open has sealed itself, kept on its own disk, where the session itself lies
 * open. With it a second save knows what the first one stored, and sends only what is new.
 *
 * @param folder empty where the user has none
 */
record SealCache(Optional<Path> folder) {
    private static final Duration LONG_AGO = Duration.ofDays(30);

    static SealCache of(Map<String, String> environment) {
        return new SealCache(StateFolder.of(environment).map(state -> state.resolve("sealed")));
    }

    /** It is a help and no more: a disk that cannot keep it must not spoil a save that is done. */
    void remember(Manifest inside) {
        if (folder.isEmpty()) {
            return;
        }
        try {
            Owner owner = Owner.ofNearest(folder.get());
            PrivateFolder.make(folder.get(), owner);
            Leftovers.sweepUpFrom(folder.get(), owner);
            sweep(folder.get());
            byte[] json =
                    SealedManifestJson.write(inside, inside.seal().orElseThrow().to());
            WholeFile.write(file(folder.get(), inside.seal().orElseThrow()), owner, out -> out.write(json));
        } catch (IOException e) {
            // The next save is told that it cannot compare.
        }
    }

    Optional<Manifest> recall(Manifest sealed, Opener opener) {
        Seal seal = sealed.seal().orElseThrow();
        try {
            if (folder.isEmpty() || !Files.isRegularFile(file(folder.get(), seal))) {
                return Optional.empty();
            }
            Path file = file(folder.get(), seal);
            return Optional.of(opener.opened(
                    sealed, SealedManifestJson.read(PlainFile.bytes(file, ManifestJson.LARGEST), file.toString())));
        } catch (IOException | Failure e) {
            return Optional.empty();
        }
    }

    private static Path file(Path folder, Seal seal) {
        return folder.resolve(Digest.of(seal.manifest().strip().getBytes(StandardCharsets.US_ASCII)) + ".json");
    }

    private static void sweep(Path folder) throws IOException {
        WholeFile.sweep(folder);
        Instant longAgo = Instant.now().minus(LONG_AGO);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(longAgo)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
