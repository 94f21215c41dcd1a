package dev.sluice.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RsaPemTest {
  private static final KeyPair KEYS = newKeys("RSA", 2048);

  @Test
  void both_halves_of_a_key_pair_survive_writing_and_reading() throws Exception {
    assertThat(RsaPem.readPublicKey(publicPem())).isEqualTo(KEYS.getPublic());
    assertThat(RsaPem.readPrivateKey(privatePem())).isEqualTo(KEYS.getPrivate());
  }

  @Test
  void a_key_is_written_in_lines_of_64_characters_between_its_labels() {
    assertThat(privatePem())
        .startsWith("-----BEGIN PRIVATE KEY-----\nM")
        .endsWith("\n-----END PRIVATE KEY-----\n");
    assertThat(publicPem().lines().skip(1).findFirst().orElseThrow()).hasSize(64);
  }

  @Test
  void windows_line_ends_and_text_around_a_key_are_no_obstacle() throws Exception {
    String pem = "# the demo key\r\n" + publicPem().replace("\n", "\r\n") + "\r\n";

    assertThat(RsaPem.readPublicKey(pem)).isEqualTo(KEYS.getPublic());
  }

  @Test
  void a_text_without_a_key_is_refused_by_saying_what_is_missing() {
    assertUnreadable(
        () -> RsaPem.readPublicKey(""),
        "The key is not PEM: no complete block from BEGIN PUBLIC KEY to END PUBLIC KEY");
    assertUnreadable(
        () -> RsaPem.readPrivateKey(privatePem().substring(0, 400)),
        "The key is not PEM: no complete block from BEGIN PRIVATE KEY to END PRIVATE KEY");
  }

  @Test
  void a_key_of_another_kind_is_refused_by_name() {
    assertUnreadable(
        () -> RsaPem.readPublicKey(privatePem()),
        "The key is a PRIVATE KEY, a PUBLIC KEY is needed (openssl pkey converts)");
    assertUnreadable(
        () -> RsaPem.readPrivateKey(privatePem().replace("PRIVATE", "RSA PRIVATE")),
        "The key is a RSA PRIVATE KEY, a PRIVATE KEY is needed (openssl pkey converts)");
  }

  @Test
  void a_key_of_another_algorithm_is_refused() {
    KeyPair ec = newKeys("EC", 256);

    assertUnreadable(
        () -> RsaPem.readPublicKey(pem("PUBLIC KEY", ec.getPublic().getEncoded())),
        "The public key is not an RSA key");
    assertUnreadable(
        () -> RsaPem.readPrivateKey(pem("PRIVATE KEY", ec.getPrivate().getEncoded())),
        "The private key is not an RSA key in PKCS#8");
  }

  @Test
  void what_is_not_base64_is_refused_without_quoting_it() {
    assertUnreadable(
        () -> RsaPem.readPrivateKey("-----BEGIN PRIVATE KEY-----\n!!\n-----END PRIVATE KEY-----"),
        "The content of the PRIVATE KEY is not base64");
  }

  private static void assertUnreadable(ThrowingCallable call, String message) {
    assertThatExceptionOfType(UnreadableKeyException.class).isThrownBy(call).withMessage(message);
  }

  private static String privatePem() {
    return RsaPem.write((RSAPrivateKey) KEYS.getPrivate());
  }

  private static String publicPem() {
    return RsaPem.write((RSAPublicKey) KEYS.getPublic());
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getEncoder().encodeToString(content), label);
  }

  private static KeyPair newKeys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
