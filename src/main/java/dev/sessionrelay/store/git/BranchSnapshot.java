package dev.sessionrelay.store.git;

import java.time.Instant;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/** A branch as it was when it was read. */
record BranchSnapshot(String branch, ObjectId commit, ObjectId tree, List<ObjectId> parents, Instant at) {}
