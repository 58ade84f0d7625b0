package dev.sessionrelay.protect.seal;

import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.io.Payload;
import dev.sessionrelay.session.Bundle;
import dev.sessionrelay.session.Entry;
import dev.sessionrelay.session.EntryName;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.ManifestJson;
import dev.sessionrelay.session.Seal;
import dev.sessionrelay.session.SealedManifestJson;
import dev.sessionrelay.session.Segment;
import dev.sessionrelay.session.Segmenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes a bundle of a sealed one, for those who have a key. What is outside is a stranger's word until it is
 * checked.
 */
public final class Opener {
    /** No more than this is sealed in one file. */
    static final int LARGEST = Segmenter.LONGEST;

    private final List<Identity> identities;
    private final String where;

    /** @param where names the session to a person */
    public Opener(List<Identity> identities, String where) {
        this.identities = List.copyOf(identities);
        this.where = where;
    }

    /** The manifest inside; empty when none of the keys fits. */
    public Optional<Manifest> manifest(Manifest sealed) {
        Seal seal = sealed.seal().orElseThrow();
        if (identities.isEmpty()) {
            return Optional.empty();
        }
        byte[] json;
        try {
            json = AgeFile.openLetters(seal.manifest(), identities, ManifestJson.LARGEST);
        } catch (AgeFile.NotForUs e) {
            return Optional.empty();
        } catch (AgeFile.Damaged e) {
            throw damaged("its sealed manifest is not as it was made");
        }
        return Optional.of(opened(sealed, SealedManifestJson.read(json, "what is sealed in " + where)));
    }

    /** Both halves can be written by others than those who have the key, and each could be another session's. */
    public Manifest opened(Manifest sealed, SealedManifestJson found) {
        Manifest inside = found.manifest();
        Seal seal = sealed.seal().orElseThrow();
        requireTogether(sealed, inside);
        if (found.to().isEmpty()) {
            return inside.insideOf(sealed, seal);
        }
        if (!found.to().get().equals(seal.to())) {
            throw damaged("the keys that it is said to be sealed to are not those that stand inside");
        }
        return inside.insideOf(sealed, seal.asTold());
    }

    private void requireTogether(Manifest sealed, Manifest inside) {
        if (inside.seal().isPresent()) {
            throw damaged("it is sealed in itself");
        }
        boolean same = inside.sessionId().equals(sealed.sessionId())
                && inside.key().equals(sealed.key())
                && inside.continues().equals(sealed.continues())
                && inside.counter() == sealed.counter()
                && inside.origin().equals(sealed.origin());
        if (!same) {
            throw damaged("what is said outside of it differs from what is sealed inside");
        }
        List<Segment> segments = inside.entries().stream()
                .flatMap(entry -> entry.segments().stream())
                .toList();
        if (segments.size() != sealed.entries().size()) {
            throw damaged("it has " + sealed.entries().size() + " sealed files instead of " + segments.size());
        }
        if (segments.stream().anyMatch(segment -> segment.size() > LARGEST)) {
            throw damaged("a file in it claims more than " + (LARGEST >> 20) + " MiB");
        }
    }

    /** @param inside what {@link #manifest} has found in it */
    public Bundle open(Bundle sealed, Manifest inside) {
        Map<EntryName, Payload> payloads = new TreeMap<>();
        int next = 0;
        for (Entry entry : inside.entries()) {
            List<OpenedPayload.SealedPiece> pieces = new ArrayList<>();
            long offset = 0;
            for (Segment segment : entry.segments()) {
                Entry file = sealed.manifest().entries().get(next++);
                pieces.add(new OpenedPayload.SealedPiece(segment, offset, file.name(), sealed.payload(file.name())));
                offset += segment.size();
            }
            payloads.put(entry.name(), new OpenedPayload(entry.size(), pieces, identities, where));
        }
        return new Bundle(inside, payloads);
    }

    private Failure damaged(String why) {
        return Failure.damaged(
                where + " is damaged: " + why,
                "nothing was changed here; restore an earlier save, or save it again from a machine that still has it");
    }
}
