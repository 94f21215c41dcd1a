package dev.sluice.transport.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfSignedCertificateTest {
  private static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");

  @Test
  void it_is_good_for_its_names_and_addresses_and_for_a_server_only() throws Exception {
    X509Certificate certificate =
        read(
            SelfSignedCertificate.make(
                List.of("localhost", "video.local"),
                List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::1")),
                new SecureRandom(),
                NOW));

    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactly("localhost", "video.local", "192.0.2.1", "2001:db8:0:0:0:0:0:1");
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    certificate.verify(certificate.getPublicKey());
  }

  @Test
  void it_holds_from_a_day_ago_for_a_year() throws Exception {
    X509Certificate certificate =
        read(SelfSignedCertificate.make(List.of("localhost"), List.of(), new SecureRandom(), NOW));

    certificate.checkValidity(Date.from(NOW.minusSeconds(3600)));
    assertThat(certificate.getNotAfter().toInstant())
        .isEqualTo(NOW.plus(SelfSignedCertificate.VALIDITY));
  }

  @Test
  void its_key_is_not_printed() {
    SelfSignedCertificate made =
        SelfSignedCertificate.make(List.of("localhost"), List.of(), new SecureRandom(), NOW);

    assertThat(made.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void one_for_nothing_is_refused() {
    assertThatThrownBy(
            () -> SelfSignedCertificate.make(List.of(), List.of(), new SecureRandom(), NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static X509Certificate read(SelfSignedCertificate made) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(
                    made.certificatePem().getBytes(StandardCharsets.US_ASCII)));
  }
}
