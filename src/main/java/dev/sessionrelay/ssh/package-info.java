/**
 * Keys and signatures as OpenSSH writes them, read and written with the JDK's own cryptography: public keys (one line),
 * private keys without a passphrase, and the signatures of {@code ssh-keygen -Y sign}.
 */
@NullMarked
package dev.sessionrelay.ssh;

import org.jspecify.annotations.NullMarked;
