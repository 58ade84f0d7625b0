/**
 * SSH keys in OpenSSH's own formats, read with the JDK's cryptography: public keys, and private ones without a
 * passphrase.
 */
@NullMarked
package dev.sessionrelay.protect.key;

import org.jspecify.annotations.NullMarked;
