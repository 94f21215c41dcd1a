package dev.sluice.transport.dtls;

import dev.sluice.transport.srtp.SrtpKeys;
import dev.sluice.transport.srtp.SrtpProfile;
import java.io.IOException;
import java.time.Duration;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsContext;

/** What both ends of an association do alike. */
final class DtlsTerms {
  /** Browsers expect lost flights to be repeated long before TLS's usual second. */
  static final int RESEND_MILLIS = 100;

  private DtlsTerms() {}

  static ProtocolVersion[] versions() {
    return ProtocolVersion.DTLSv12.only();
  }

  static int millis(Duration timeout) {
    return Math.toIntExact(timeout.toMillis());
  }

  /** The SRTP keys (RFC 5764 §4.2). The engine forgets the secret right after the handshake. */
  static SrtpKeys keys(TlsContext context, SrtpProfile profile) throws IOException {
    return SrtpKeys.ofMaterial(
        profile,
        context.exportKeyingMaterial(
            ExporterLabel.dtls_srtp, null, SrtpKeys.materialLength(profile)));
  }
}
