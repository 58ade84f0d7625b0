package dev.sessionrelay.relay.trust;

import dev.sessionrelay.agent.claude.Travelling;
import dev.sessionrelay.failure.Failure;
import dev.sessionrelay.protect.sign.AllowedSigners;
import dev.sessionrelay.protect.sign.SshSignature;
import dev.sessionrelay.session.Manifest;
import dev.sessionrelay.session.Statement;
import dev.sessionrelay.store.CheckedOutStore;
import dev.sessionrelay.store.Holder;
import dev.sessionrelay.store.StoredSession;
import dev.sessionrelay.store.sealed.AskedSession;
import dev.sessionrelay.store.sealed.LastSeen;
import dev.sessionrelay.text.SafeText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Why a stored session may be restored. A transcript is what an agent believes to have said and done, so that whoever
 * wrote it tells the agent what to do. What is asked is whose place it lies in, which nobody can write into it, and who
 * signed it; what it says of itself can only speak against it.
 */
public sealed interface Trust {

    /**
     * Refuses a place of which its address tells that nothing in it would be trusted. It was not asked for anything by
     * then: to ask is to tell it who we are.
     *
     * @param where the place, for the message
     */
    default void requirePlace(String where, Holder place) {}

    /** Refuses what there is no reason to trust. Nothing of the session but its manifest was read by then. */
    void require(StoredSession session, Holder holder);

    /**
     * Refuses a session that is trusted, and is not the one that was asked for; hands back what of it may be used.
     * {@link #require} comes first.
     */
    default StoredSession proven(StoredSession session, AskedSession asked) {
        return session;
    }

    /** Told when it was restored. */
    default void restored(StoredSession session, AskedSession asked) {}

    /** What becomes of records of kinds that nobody here knows, and that may act. */
    default Travelling.Unknown unknownKinds() {
        return Travelling.Unknown.LEFT_OUT;
    }

    /** Whether somebody has said who may give instructions here, beyond what was said and done in a conversation. */
    default boolean allowsInstructions() {
        return true;
    }

    /**
     * Whoever restores has looked for themselves.
     *
     * @param unknownKinds kept only where somebody has said in words that everybody is trusted
     */
    record Anyone(Travelling.Unknown unknownKinds) implements Trust {
        public Anyone() {
            this(Travelling.Unknown.KEPT);
        }

        @Override
        public boolean allowsInstructions() {
            return unknownKinds == Travelling.Unknown.KEPT;
        }

        @Override
        public void require(StoredSession session, Holder holder) {}
    }

    /**
     * The repository that the work is in, or the place that the workflow itself names.
     *
     * @param repositories as {@link Holder#nameOf} has them
     * @param placeIsNamed whether the workflow named the place, and not a ref that may have come from anywhere
     * @param broughtAlong a place of the workflow's own can be a pull request's by its content
     */
    record SameRepository(List<String> repositories, boolean placeIsNamed, CheckedOutStore broughtAlong)
            implements Trust {
        @Override
        public void requirePlace(String where, Holder place) {
            if (!placeIsNamed
                    && place.repository().filter(repositories::contains).isEmpty()) {
                throw refused(
                        where,
                        "the ref names a place outside of " + String.join(", ", repositories)
                                + ", and whoever can write there can tell the agent what to do",
                        "if you know them: trust: owner:<name>, or trust: signed with allowed-signers");
            }
        }

        @Override
        public void require(StoredSession session, Holder holder) {
            requirePlace(session.ref().toString(), holder);
            broughtAlong.why(session.ref()).ifPresent(why -> {
                throw refused(
                        session.ref().toString(),
                        why + ", and whoever opens a pull request decides what is in it",
                        "keep sessions where no checkout reaches: below the runner's _temp folder, on a volume, or in"
                                + " another kind of store; or take the folder out of git (git rm -r --cached <folder>)");
            });
            Map<String, String> run = session.manifest().origin().details();
            String server = run.getOrDefault("server", "https://github.com");
            Optional<String> savedIn = Optional.ofNullable(run.get("repository"));
            if (savedIn.map(name -> Holder.nameOf(server + "/" + name))
                    .filter(name -> !repositories.contains(name))
                    .isPresent()) {
                throw refused(
                        session.ref().toString(),
                        "it was saved by a run of " + SafeText.of(savedIn.get(), 120) + ", and not of "
                                + String.join(", ", repositories),
                        "if that repository is yours as well: trust: owner:<name>");
            }
        }
    }

    /** @param names of users and organisations, in lower case */
    record Owners(List<String> names) implements Trust {
        @Override
        public void requirePlace(String where, Holder place) {
            requireOwner(where, place);
        }

        @Override
        public void require(StoredSession session, Holder holder) {
            requireOwner(session.ref().toString(), holder);
        }

        private void requireOwner(String where, Holder holder) {
            if (holder.owner()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .filter(names::contains)
                    .isEmpty()) {
                throw refused(
                        where,
                        "it lies in a place of "
                                + holder.owner().or(holder::repository).orElse("nobody who is known")
                                + ", and trusted are " + String.join(", ", names),
                        "name the owner with trust: owner:<name>, if you know them");
            }
        }
    }

    /** @param acceptsRollback whether an older save than the last one seen here is taken */
    record Signed(AllowedSigners allowed, LastSeen seen, boolean acceptsRollback) implements Trust {
        @Override
        public StoredSession proven(StoredSession session, AskedSession asked) {
            asked.whyNot(session.manifest()).ifPresent(why -> {
                throw refused(session.ref().toString(), why, "name it by its ref or id, if that is the one you mean");
            });
            if (!acceptsRollback && seen.isBehind(session, asked)) {
                throw refused(
                        session.ref().toString(),
                        "it is older than the save that was seen here last, and may have been put back",
                        "find out who did; to take it all the same: --accept-rollback, or accept-rollback: true in a"
                                + " workflow");
            }
            Manifest manifest = session.manifest();
            return isCovered(manifest) || manifest.seal().isPresent()
                    ? session
                    : new StoredSession(session.ref(), manifest.withoutFacts(), session.version());
        }

        @Override
        public void restored(StoredSession session, AskedSession asked) {
            seen.remember(session, asked);
        }

        /** Else it is of the first form, which leaves out what a save tells of the content. */
        private static boolean isCovered(Manifest manifest) {
            return SshSignature.parse(manifest.signature().orElseThrow())
                    .isOf(Statement.of(manifest).bytes());
        }

        @Override
        public void require(StoredSession session, Holder holder) {
            whyNot(session.manifest()).ifPresent(why -> {
                throw refused(
                        session.ref().toString(),
                        why,
                        "have it saved with sign-key by somebody whom allowed-signers names");
            });
        }

        /** Empty when somebody signed it who may. */
        private Optional<String> whyNot(Manifest manifest) {
            if (manifest.signature().isEmpty()) {
                return Optional.of("it is not signed");
            }
            SshSignature signature;
            try {
                signature = SshSignature.parse(manifest.signature().get());
            } catch (IllegalArgumentException e) {
                return Optional.of("its signature is damaged");
            }
            if (!signature.namespace().equals(Statement.NAMESPACE)) {
                return Optional.of("its signature was made for \"" + SafeText.of(signature.namespace(), 60) + "\"");
            }
            if (allowed.signerOf(signature).isEmpty()) {
                return Optional.of("it is signed with " + signature.key().fingerprint()
                        + ", which is none of the keys in allowed-signers");
            }
            if (signature.isOf(Statement.of(manifest).bytes())) {
                return manifest.exact()
                        ? Optional.empty()
                        : Optional.of("its manifest says what its signature does not cover: it was changed after it was"
                                + " signed");
            }
            return signature.isOf(Statement.ofFirstForm(manifest).bytes())
                    ? Optional.empty()
                    : Optional.of("its signature is of something else: it was changed after it was signed");
        }
    }

    private static Failure refused(String where, String why, String next) {
        return Failure.damaged(
                SafeText.of(where, 300) + " is not trusted: " + why,
                next + ". Nothing was changed. Only if anybody may write it: trust: any");
    }
}
