/**
 * The terminal's face: one command a verb, which parses, calls a flow and prints. Data goes to stdout, talk to
 * stderr.
 */
@NullMarked
package dev.sessionrelay.cli;

import org.jspecify.annotations.NullMarked;
