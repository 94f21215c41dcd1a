package dev.sluice.transport.dtls;

import dev.sluice.transport.srtp.SrtpKeys;
import dev.sluice.transport.srtp.SrtpProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.Hashtable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one handshake: what it offers, whom it accepts, the keys that come of it.
 */
final class DtlsServer extends AbstractTlsServer {
  private final DtlsIdentity identity;
  private final CompletableFuture<String> peerFingerprint;
  private final Duration timeout;
  private final Runnable onPeerClosed;
  private @Nullable SrtpProfile profile;
  private @Nullable SrtpKeys keys;

  /**
   * @param peerFingerprint may come late, at the latest {@code timeout} after it is needed
   * @param onPeerClosed called by the engine when the peer's close_notify comes
   */
  DtlsServer(
      DtlsIdentity identity,
      CompletableFuture<String> peerFingerprint,
      Duration timeout,
      Runnable onPeerClosed) {
    super(identity.crypto());
    this.identity = identity;
    this.peerFingerprint = peerFingerprint;
    this.timeout = timeout;
    this.onPeerClosed = onPeerClosed;
  }

  /** The result of a handshake that succeeded. */
  SrtpKeys keys() {
    if (keys == null) {
      throw new IllegalStateException("the handshake is not complete");
    }
    return keys;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return DtlsTerms.versions();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return new int[] {
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
      CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
    };
  }

  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return DtlsTerms.millis(timeout);
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return DtlsTerms.RESEND_MILLIS;
  }

  @Override
  public TlsCredentials getCredentials() {
    return identity.credentials(context);
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
    return new CertificateRequest(
        types, TlsUtils.getDefaultSupportedSignatureAlgorithms(context), null);
  }

  @Override
  @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's type
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    UseSRTPData offered = TlsSRTPUtils.getUseSRTPExtension(extensions);
    profile = offered == null ? null : firstCommon(offered.getProtectionProfiles());
    if (profile == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure, "no common SRTP profile");
    }
  }

  private static @Nullable SrtpProfile firstCommon(int[] offered) {
    for (SrtpProfile candidate : SrtpProfile.values()) {
      for (int code : offered) {
        if (code == candidate.code()) {
          return candidate;
        }
      }
    }
    return null;
  }

  @Override
  @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's type
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions =
        TlsExtensionsUtils.ensureExtensionsInitialised(super.getServerExtensions());
    TlsSRTPUtils.addUseSRTPExtension(
        extensions, new UseSRTPData(new int[] {chosenProfile().code()}, TlsUtils.EMPTY_BYTES));
    return extensions;
  }

  @Override
  public void notifyClientCertificate(Certificate certificate) throws IOException {
    if (certificate == null || certificate.isEmpty()) {
      throw new HandshakeRefusedException(
          AlertDescription.bad_certificate, "the peer has no certificate");
    }
    String actual = DtlsIdentity.fingerprint(certificate.getCertificateAt(0).getEncoded());
    if (!actual.equalsIgnoreCase(awaitFingerprint())) {
      throw new HandshakeRefusedException(
          AlertDescription.bad_certificate,
          "the peer's certificate is not the one its description announced");
    }
  }

  private String awaitFingerprint() throws IOException {
    try {
      return peerFingerprint.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException tooLate) {
      throw new HandshakeRefusedException(
          AlertDescription.internal_error, "the peer's description did not come");
    } catch (ExecutionException ended) {
      throw new TlsFatalAlert(AlertDescription.user_canceled, ended);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TlsFatalAlert(AlertDescription.user_canceled, interrupted);
    }
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    keys = DtlsTerms.keys(context, chosenProfile());
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    super.notifyAlertReceived(level, description);
    if (description == AlertDescription.close_notify) {
      onPeerClosed.run();
    }
  }

  private SrtpProfile chosenProfile() {
    if (profile == null) {
      throw new IllegalStateException("no SRTP profile was chosen");
    }
    return profile;
  }
}
