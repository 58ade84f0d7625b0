/**
 * A transcript: records of JSON, one per line, read without trusting them and compared with one another. Nothing here
 * knows where a transcript lies; lines are never parsed and written again.
 */
@NullMarked
package dev.sessionrelay.transcript;

import org.jspecify.annotations.NullMarked;
