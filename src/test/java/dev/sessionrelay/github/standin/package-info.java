/**
 * A stand-in for GitHub: it remembers, checks tokens, and can fail where a test says. Every exchange is held to
 * GitHub's own description of its API, in both directions, by {@link dev.sessionrelay.github.standin.Description};
 * what the description leaves open (gists, tokens, hosts, limits) follows recorded answers.
 */
package dev.sessionrelay.github.standin;
