/**
 * Sessions in secret gists, one gist a session, in the form that erk gave them: a file {@code session-<id>.jsonl}, and
 * the description {@code Claude Code session <id> (<source>)}. Gists of erk's own are read, and continued.
 *
 * <p>GitHub changes a gist file by file and knows no condition for it, but keeps every change as a revision, in one
 * order for all. So each save adds, in the same change as its files, a file of its own, the
 * {@link dev.sessionrelay.store.gist.GistSave}, whose name says which save it was made from. Of two that were made
 * from the same one, the first in the gist's history counts; the second notices when it reads back, and is made anew.
 * What counts is read at its own revision, whatever was written over it since.
 *
 * <p>Nor can a gist be made on the condition that there is none. A new one has a file that says that it is unsettled,
 * and nobody builds on it. It stays, and loses that file, when its writer sees no other of the session; of two that
 * see each other, at most one does.
 */
@NullMarked
package dev.sessionrelay.store.gist;

import org.jspecify.annotations.NullMarked;
