package dev.sluice.session;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RSA keys as PEM text (RFC 7468): private keys as PKCS#8, public keys as SubjectPublicKeyInfo. Any
 * thread.
 */
public final class RsaPem {
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String PUBLIC = "PUBLIC KEY";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
  // RFC 7468 §2: lines of exactly 64 characters but the last.
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private RsaPem() {}

  public static String write(RSAPrivateKey key) {
    return write(PRIVATE, key);
  }

  public static String write(RSAPublicKey key) {
    return write(PUBLIC, key);
  }

  /**
   * @throws UnreadableKeyException when the text is not an RSA private key in PKCS#8
   */
  public static RSAPrivateKey readPrivateKey(String pem) throws UnreadableKeyException {
    byte[] content = contentOf(PRIVATE, pem);
    try {
      return (RSAPrivateKey) rsa().generatePrivate(new PKCS8EncodedKeySpec(content));
    } catch (InvalidKeySpecException e) {
      throw new UnreadableKeyException("The private key is not an RSA key in PKCS#8", e);
    }
  }

  /**
   * @throws UnreadableKeyException when the text is not an RSA public key
   */
  public static RSAPublicKey readPublicKey(String pem) throws UnreadableKeyException {
    byte[] content = contentOf(PUBLIC, pem);
    try {
      return (RSAPublicKey) rsa().generatePublic(new X509EncodedKeySpec(content));
    } catch (InvalidKeySpecException e) {
      throw new UnreadableKeyException("The public key is not an RSA key", e);
    }
  }

  private static String write(String label, Key key) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(key.getEncoded()), label);
  }

  private static byte[] contentOf(String label, String pem) throws UnreadableKeyException {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new UnreadableKeyException(
          "The key is not PEM: no complete block from BEGIN %s to END %s".formatted(label, label),
          null);
    }
    if (!block.group(1).equals(label)) {
      throw new UnreadableKeyException(
          "The key is a %s, a %s is needed (openssl pkey converts)"
              .formatted(block.group(1), label),
          null);
    }
    try {
      return Base64.getDecoder().decode(block.group(2).replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      // The cause would quote characters of the key.
      throw new UnreadableKeyException("The content of the " + label + " is not base64", null);
    }
  }

  private static KeyFactory rsa() {
    try {
      return KeyFactory.getInstance("RSA");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no RSA, which every JVM must have", e);
    }
  }
}
