package dev.sessionrelay.git;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * A repository that others write to as well. Failures to reach it are thrown as
 * {@link dev.sessionrelay.failure.Failure}, in words; an {@link IOException} is about this machine's own disk.
 */
public interface Remote {

    /** Names the repository in refs and to people; never with a secret. */
    String name();

    /** The branches whose names begin with one of these, with their tips, as they are now. */
    Map<String, ObjectId> branches(Collection<String> prefixes) throws IOException;

    /** The branch that a clone would check out. */
    Optional<Tip> defaultBranch() throws IOException;

    record Tip(String branch, ObjectId commit) {}

    /** Where fetched objects are read. */
    Repository objects() throws IOException;

    /** Makes sure that these commits are readable, with all their trees, though not their files. */
    void fetchCommits(Collection<ObjectId> commits) throws IOException;

    /** Makes sure that the latest commits of a branch are readable: the commits alone. */
    void fetchHistory(ObjectId tip, int most) throws IOException;

    /**
     * Makes sure that these files are readable.
     *
     * @param shares what to ask for together. A server compares all that it sends at once, to send differences alone,
     *     which takes long for large files: these are better asked for one by one
     * @param largest no file may have more bytes
     */
    void fetchFiles(List<? extends Collection<ObjectId>> shares, long largest) throws IOException;

    /** Collects new objects for a push. */
    Outbox outbox() throws IOException;

    /** Moves a branch, when it still is where the change says, and brings it the new objects. */
    Answer push(RefChange change, Outbox objects) throws IOException;

    /** Whether it can be read without a token. */
    boolean isPublic();

    enum Answer {
        DONE,
        /** The branch is somewhere else by now. Nothing was changed. */
        MOVED,
        /** The branch is somewhere else by now, and the answer got lost: this push may have moved it first. */
        MOVED_PERHAPS_BY_THIS
    }

    /**
     * @param from where the branch is; empty says that there is none
     * @param to where it is to be; empty deletes it
     */
    record RefChange(String branch, Optional<ObjectId> from, Optional<ObjectId> to) {
        public String ref() {
            return "refs/heads/" + branch;
        }

        ObjectId oldId() {
            return from.orElse(ObjectId.zeroId());
        }

        ObjectId newId() {
            return to.orElse(ObjectId.zeroId());
        }
    }

    /** New objects, kept until they are pushed. */
    interface Outbox extends AutoCloseable {

        /** Reads these files once, and answers their ids in the same order. */
        List<ObjectId> addFiles(List<NewFile> files) throws IOException;

        /** Adds a small object: a tree, a commit, a short file. */
        ObjectId add(int type, byte[] content) throws IOException;

        /** Forgets trees and commits that were made for a push that came too late; files are kept. */
        void startOver();

        /** How many bytes the new objects have, before they are compressed. */
        long bytes();

        @Override
        void close() throws IOException;
    }

    /** A file's bytes, of which the number is known before. */
    record NewFile(long size, BlobContent content) {}

    /** Writes itself, the same every time. */
    @FunctionalInterface
    interface BlobContent {
        void writeTo(OutputStream out) throws IOException;
    }
}
