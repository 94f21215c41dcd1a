package dev.sluice.gateway.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * As much DER (ITU-T X.690) as it takes to put the older forms of private keys into PKCS#8 (RFC
 * 5208 §5), which is the only one that the JDK reads.
 */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;

  /** The parameters of an ECPrivateKey: [0] EXPLICIT (RFC 5915 §3). */
  private static final int EC_PARAMETERS = 0xa0;

  private static final byte[] VERSION_0 = {INTEGER, 1, 0};

  /** rsaEncryption 1.2.840.113549.1.1.1 with NULL parameters (RFC 8017 §A.1). */
  private static final byte[] RSA_ALGORITHM = {
    SEQUENCE, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };

  /** id-ecPublicKey 1.2.840.10045.2.1 (RFC 5480 §2.1.1). */
  private static final byte[] EC_PUBLIC_KEY = {
    6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1
  };

  private Der() {}

  /** From PKCS#1 (RFC 8017 §A.1.2). */
  static byte[] rsaToPkcs8(byte[] rsaPrivateKey) {
    return element(
        SEQUENCE, concat(VERSION_0, RSA_ALGORITHM, element(OCTET_STRING, rsaPrivateKey)));
  }

  /** From SEC 1 (RFC 5915); empty when the key does not say on which curve it is. */
  static Optional<byte[]> ecToPkcs8(byte[] ecPrivateKey) {
    try {
      return curve(ecPrivateKey)
          .map(
              curve ->
                  element(
                      SEQUENCE,
                      concat(
                          VERSION_0,
                          element(SEQUENCE, concat(EC_PUBLIC_KEY, curve)),
                          element(OCTET_STRING, ecPrivateKey))));
    } catch (IndexOutOfBoundsException e) {
      // Lengths that lead out of the key: it is damaged and names no curve.
      return Optional.empty();
    }
  }

  private static Optional<byte[]> curve(byte[] key) {
    int[] sequence = content(key, 0);
    int at = sequence[0];
    while (at < sequence[1]) {
      int[] content = content(key, at);
      if ((key[at] & 0xff) == EC_PARAMETERS) {
        return Optional.of(Arrays.copyOfRange(key, content[0], content[1]));
      }
      at = content[1];
    }
    return Optional.empty();
  }

  /** Where the content of the element at an offset begins and ends. */
  private static int[] content(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    int begin = at + 2;
    int length = first;
    if (first > 0x80) {
      length = 0;
      for (int i = 0; i < (first & 0x7f); i++) {
        length = (length << 8) | (der[begin++] & 0xff);
      }
    }
    if (length < 0 || begin + length > der.length) {
      throw new IndexOutOfBoundsException(length);
    }
    return new int[] {begin, begin + length};
  }

  private static byte[] element(int tag, byte[] content) {
    int length = content.length;
    byte[] head =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : length < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return concat(head, content);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
