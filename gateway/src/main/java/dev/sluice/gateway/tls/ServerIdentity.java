package dev.sluice.gateway.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * A certificate chain with the key of its first certificate; both belong together when one of these
 * exists. The dates are not checked: browsers do that, and an operator wants to be told, not to be
 * without a server.
 */
public final class ServerIdentity {
  private static final int SAN_DNS = 2;
  private static final int SAN_IP = 7;

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  private ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  /**
   * Reads and checks the pair.
   *
   * @throws UnusableCertificateException when a file cannot be read or the two do not fit
   */
  public static ServerIdentity read(TlsFiles files) throws UnusableCertificateException {
    return of(files, content(files.certificate()), content(files.key()));
  }

  static ServerIdentity of(TlsFiles files, byte[] certificate, byte[] key)
      throws UnusableCertificateException {
    List<X509Certificate> chain = chain(files.certificate(), certificate);
    PrivateKey privateKey =
        PemPrivateKey.read(files.key(), new String(key, StandardCharsets.ISO_8859_1));
    requireOrder(files.certificate(), chain);
    if (!belongTogether(privateKey, chain.getFirst().getPublicKey())) {
      throw new UnusableCertificateException(
          "%s is not the key of the certificate in %s".formatted(files.key(), files.certificate()));
    }
    return new ServerIdentity(chain, privateKey);
  }

  static byte[] content(Path file) throws UnusableCertificateException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new UnusableCertificateException(file + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new UnusableCertificateException(file + " may not be read by this user", e);
    } catch (IOException e) {
      throw new UnusableCertificateException(
          "%s cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
  }

  X509Certificate[] chain() {
    return chain.toArray(X509Certificate[]::new);
  }

  PrivateKey key() {
    return key;
  }

  /** The moment from which on browsers refuse it. */
  public Instant notAfter() {
    return chain.stream()
        .map(c -> c.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /** The moment before which browsers refuse it. */
  public Instant notBefore() {
    return chain.stream()
        .map(c -> c.getNotBefore().toInstant())
        .max(Instant::compareTo)
        .orElseThrow();
  }

  /** True when nobody but the certificate itself vouches for it. */
  public boolean selfSigned() {
    X509Certificate first = chain.getFirst();
    return first.getSubjectX500Principal().equals(first.getIssuerX500Principal());
  }

  /** The host names and IP addresses that it is good for, as they are in the certificate. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = chain.getFirst().getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> name : alternatives) {
          if (name.getFirst().equals(SAN_DNS) || name.getFirst().equals(SAN_IP)) {
            names.add(String.valueOf(name.get(1)));
          }
        }
      }
    } catch (CertificateParsingException e) {
      // What browsers cannot read is good for no name.
      return List.of();
    }
    return names;
  }

  /** SHA-256 of the certificate, as browsers show it: upper-case hex pairs with colons. */
  public String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(chain.getFirst().getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read cannot be hashed", e);
    }
  }

  private static List<X509Certificate> chain(Path file, byte[] pem)
      throws UnusableCertificateException {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        chain.add((X509Certificate) certificate);
      }
    } catch (CertificateException e) {
      throw new UnusableCertificateException(
          file
              + " holds no certificate that can be read: PEM, from BEGIN CERTIFICATE to END"
              + " CERTIFICATE, is needed",
          e);
    }
    if (chain.isEmpty()) {
      throw new UnusableCertificateException(
          file + " has no certificate: PEM, from BEGIN CERTIFICATE to END CERTIFICATE, is needed");
    }
    return chain;
  }

  // Browsers that have to sort a chain themselves exist; programs that cannot do so as well.
  private static void requireOrder(Path file, List<X509Certificate> chain)
      throws UnusableCertificateException {
    for (int i = 1; i < chain.size(); i++) {
      if (!chain
          .get(i - 1)
          .getIssuerX500Principal()
          .equals(chain.get(i).getSubjectX500Principal())) {
        throw new UnusableCertificateException(
            "%s: certificate %d is not issued by certificate %d: put the server's own first, then each one's issuer"
                .formatted(file, i, i + 1));
      }
    }
  }

  private static boolean belongTogether(PrivateKey key, PublicKey certified) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] text = "sluice".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(text);
      byte[] signature = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(certified);
      verifying.update(text);
      return verifying.verify(signature);
    } catch (GeneralSecurityException e) {
      // A key of another kind than the certificate's cannot even be tried.
      return false;
    }
  }
}
