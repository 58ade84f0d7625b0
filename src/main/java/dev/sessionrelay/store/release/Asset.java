package dev.sessionrelay.store.release;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHAsset;

/** A file of a release, as GitHub lists it. */
record Asset(long id, String name, String label, boolean isWhole, long size, Instant createdAt, Instant updatedAt) {

    static Asset of(GHAsset asset) throws IOException {
        return new Asset(
                asset.getId(),
                Objects.requireNonNullElse(asset.getName(), ""),
                Objects.requireNonNullElse(asset.getLabel(), ""),
                "uploaded".equals(asset.getState()),
                asset.getSize(),
                time(asset::getCreatedAt),
                time(asset::getUpdatedAt));
    }

    @FunctionalInterface
    private interface ToldByName {
        @Nullable
        Date at() throws IOException;
    }

    private static Instant time(ToldByName told) throws IOException {
        try {
            Date date = told.at();
            return date == null ? Instant.EPOCH : date.toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
