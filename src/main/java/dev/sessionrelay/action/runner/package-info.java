/** What a runner hands over (inputs, event, environment, files) and takes (outputs, state, commands in the log). */
@NullMarked
package dev.sessionrelay.action.runner;

import org.jspecify.annotations.NullMarked;
