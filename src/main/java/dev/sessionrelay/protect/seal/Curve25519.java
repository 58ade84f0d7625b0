package dev.sessionrelay.protect.seal;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** X25519 on bare bytes, as RFC 7748 has it, by the JDK. */
final class Curve25519 {
    private static final BigInteger PRIME = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final int LENGTH = 32;
    private static final byte[] BASE = littleEndian(BigInteger.valueOf(9));

    private Curve25519() {}

    static byte[] agree(byte[] secret, byte[] point) throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance("X25519");
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret)));
        agreement.doPhase(
                keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, coordinate(point))), true);
        return agreement.generateSecret();
    }

    static byte[] publicOf(byte[] secret) throws GeneralSecurityException {
        return agree(secret, BASE);
    }

    /** The same point on this curve: {@code u = (1 + y) / (1 - y)}. */
    static byte[] ofEd25519(byte[] point) throws GeneralSecurityException {
        BigInteger y = coordinate(point);
        BigInteger below = BigInteger.ONE.subtract(y).mod(PRIME);
        if (below.signum() == 0) {
            throw new GeneralSecurityException("the key is no point that can be used");
        }
        return littleEndian(
                BigInteger.ONE.add(y).multiply(below.modInverse(PRIME)).mod(PRIME));
    }

    /** The number without its highest bit, which says something else on either curve. */
    private static BigInteger coordinate(byte[] littleEndian) {
        byte[] bytes = reversed(littleEndian);
        bytes[0] &= 0x7F;
        return new BigInteger(1, bytes);
    }

    private static byte[] littleEndian(BigInteger number) {
        byte[] bytes = new byte[LENGTH];
        byte[] value = number.toByteArray();
        for (int i = 0; i < Math.min(value.length, LENGTH); i++) {
            bytes[i] = value[value.length - 1 - i];
        }
        return bytes;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
