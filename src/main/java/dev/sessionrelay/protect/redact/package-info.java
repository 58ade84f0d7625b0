/**
 * Finds secrets in a session and puts a {@link dev.sessionrelay.transcript.Placeholder} where each stood.
 *
 * <p>{@link dev.sessionrelay.protect.redact.Redaction} goes through a payload line by line. Most lines never become
 * more than bytes: {@link dev.sessionrelay.protect.redact.Suspicion} passes over them at close to the speed of memory,
 * looking for the keywords of the rules, for known values, and for runs of characters as long as secrets have. Only
 * where it stops, {@link dev.sessionrelay.protect.redact.RecordWalker} finds out which string of the record that is
 * and whether it may be touched, and {@link dev.sessionrelay.protect.redact.Detector} decides, on the string without
 * its JSON escapes.
 *
 * <p>What is decided about a line depends on that line and on what was configured, on nothing else: a session that has
 * grown is redacted as before and then goes on. Nothing is copied; the result is the payload and a list of edits.
 */
@NullMarked
package dev.sessionrelay.protect.redact;

import org.jspecify.annotations.NullMarked;
