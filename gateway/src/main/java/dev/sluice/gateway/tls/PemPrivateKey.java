package dev.sluice.gateway.tls;

import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a private key in the forms that certificate authorities and openssl hand out. */
final class PemPrivateKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY)-----([^-]*)-----END \\1-----");

  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private PemPrivateKey() {}

  /**
   * @param file for messages
   */
  static PrivateKey read(Path file, String pem) throws UnusableCertificateException {
    Matcher block = BLOCK.matcher(pem);
    if (pem.contains("Proc-Type: 4,ENCRYPTED") || pem.contains("BEGIN ENCRYPTED PRIVATE KEY")) {
      throw new UnusableCertificateException(
          "%s is encrypted, and a server that starts by itself cannot be asked for its password: decrypt it with 'openssl pkey -in %s -out plain.key' and keep that file readable for the server only"
              .formatted(file, file));
    }
    if (!block.find()) {
      throw new UnusableCertificateException(
          file
              + " has no private key: a block from BEGIN PRIVATE KEY to END PRIVATE KEY is needed");
    }
    byte[] content = decode(file, block.group(2));
    return switch (block.group(1)) {
      case "PRIVATE KEY" -> pkcs8(file, content);
      case "RSA PRIVATE KEY" -> pkcs8(file, Der.rsaToPkcs8(content));
      case "EC PRIVATE KEY" ->
          pkcs8(
              file,
              Der.ecToPkcs8(content)
                  .orElseThrow(
                      () ->
                          new UnusableCertificateException(
                              file
                                  + " does not name its curve: convert it with 'openssl pkey -in "
                                  + file
                                  + "'")));
      default ->
          throw new UnusableCertificateException(
              "%s is a %s; RSA, EC and Ed25519 keys are possible".formatted(file, block.group(1)));
    };
  }

  private static byte[] decode(Path file, String base64) throws UnusableCertificateException {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      // Without the cause, which would quote characters of the key.
      throw new UnusableCertificateException(file + " is damaged: its key is not base64");
    }
  }

  private static PrivateKey pkcs8(Path file, byte[] encoded) throws UnusableCertificateException {
    return ALGORITHMS.stream()
        .flatMap(algorithm -> attempt(algorithm, encoded).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableCertificateException(
                    file + " holds no key that can be read: RSA, EC and Ed25519 are possible"));
  }

  // The algorithm is inside: one factory knows it, the others refuse.
  private static Optional<PrivateKey> attempt(String algorithm, byte[] encoded) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no keys for " + algorithm, e);
    }
  }
}
