package dev.sluice.transport.certificate;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An ECDSA P-256 certificate that vouches for itself, with its key: browsers show a warning that a
 * person can pass.
 *
 * @param certificatePem RFC 7468
 * @param keyPem PKCS#8 in PEM; never printed by {@link #toString}
 */
public record SelfSignedCertificate(String certificatePem, String keyPem) {
  /** Apple's systems take none that is good for longer than 825 days (support.apple.com/103769). */
  public static final Duration VALIDITY = Duration.ofDays(365);

  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final int SERIAL_BITS = 120;
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  /**
   * Makes one; takes some milliseconds.
   *
   * @param names DNS names it is to be good for
   * @param addresses IP addresses it is to be good for; with the names at least one
   */
  public static SelfSignedCertificate make(
      Collection<String> names,
      Collection<InetAddress> addresses,
      SecureRandom random,
      Instant now) {
    if (names.isEmpty() && addresses.isEmpty()) {
      throw new IllegalArgumentException("a certificate for no name and no address");
    }
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      X500Name owner = new X500Name("CN=Sluice development server");
      byte[] certificate =
          new JcaX509v3CertificateBuilder(
                  owner,
                  new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                  Date.from(now.minus(CLOCK_SKEW)),
                  Date.from(now.plus(VALIDITY)),
                  owner,
                  pair.getPublic())
              .addExtension(Extension.subjectAlternativeName, false, names(names, addresses))
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
              .getEncoded();
      return new SelfSignedCertificate(
          pem("CERTIFICATE", certificate), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException | OperatorCreationException | IOException everyJdkCan) {
      throw new IllegalStateException("no ECDSA P-256 certificate", everyJdkCan);
    }
  }

  @Override
  public String toString() {
    return "SelfSignedCertificate[" + certificatePem + "]";
  }

  private static GeneralNames names(Collection<String> names, Collection<InetAddress> addresses) {
    List<GeneralName> all = new ArrayList<>();
    names.forEach(name -> all.add(new GeneralName(GeneralName.dNSName, name)));
    addresses.forEach(
        address -> all.add(new GeneralName(GeneralName.iPAddress, withoutScope(address))));
    return new GeneralNames(all.toArray(GeneralName[]::new));
  }

  /** {@code fe80::1%eth0} is an address on this machine only. */
  private static String withoutScope(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(content), label);
  }
}
