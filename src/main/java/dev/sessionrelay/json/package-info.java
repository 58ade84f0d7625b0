/** The one place that reads and writes JSON: as a tree, and the text between the quotes of a string. */
@NullMarked
package dev.sessionrelay.json;

import org.jspecify.annotations.NullMarked;
