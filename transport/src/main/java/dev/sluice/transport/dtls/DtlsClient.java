package dev.sluice.transport.dtls;

import dev.sluice.transport.srtp.SrtpKeys;
import dev.sluice.transport.srtp.SrtpProfile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of an association, for the warm-up at start and for tests. {@link #connect}
 * blocks its caller; {@link #offer} may be called by any thread.
 */
public final class DtlsClient implements AutoCloseable {
  private final DtlsIdentity identity;
  private final List<SrtpProfile> profiles;
  private final String serverFingerprint;
  private final Duration timeout;
  private final DtlsPipe pipe;
  private @Nullable DTLSTransport established;
  private boolean closeReceived;

  /**
   * @param profiles offered to the server in this order
   * @param sender takes each datagram for the server
   */
  public DtlsClient(
      DtlsIdentity identity,
      List<SrtpProfile> profiles,
      String serverFingerprint,
      Duration timeout,
      Consumer<byte[]> sender) {
    this.identity = identity;
    this.profiles = List.copyOf(profiles);
    this.serverFingerprint = serverFingerprint;
    this.timeout = timeout;
    this.pipe = new DtlsPipe(sender);
    pipe.letAlertsPass();
  }

  /** Takes a datagram of the server; one too many is dropped, as a network would. */
  public void offer(byte[] buffer, int offset, int length) {
    boolean _ = pipe.offer(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  /**
   * Runs the handshake.
   *
   * @throws IOException when it fails or takes longer than the timeout
   */
  public SrtpKeys connect() throws IOException {
    Peer peer = new Peer();
    established = new DTLSClientProtocol().connect(peer, pipe);
    pipe.flush();
    return peer.keys();
  }

  /**
   * Waits for the server's close_notify.
   *
   * @return whether it came within the time
   */
  public boolean awaitClose(Duration atMost) throws IOException {
    if (established == null) {
      throw new IllegalStateException("not connected");
    }
    byte[] unused = new byte[established.getReceiveLimit()];
    try {
      int _ = established.receive(unused, 0, unused.length, Math.toIntExact(atMost.toMillis()));
    } catch (InterruptedIOException ended) {
      return closeReceived;
    }
    return false;
  }

  /** Sends a close_notify after a handshake. */
  @Override
  public void close() throws IOException {
    if (established != null) {
      established.close();
      pipe.flush();
    }
    pipe.end();
  }

  private final class Peer extends DefaultTlsClient {
    private Optional<SrtpProfile> profile = Optional.empty();
    private @Nullable SrtpKeys keys;

    Peer() {
      super(identity.crypto());
    }

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
    public int getHandshakeTimeoutMillis() {
      return DtlsTerms.millis(timeout);
    }

    @Override
    public int getHandshakeResendTimeMillis() {
      return DtlsTerms.RESEND_MILLIS;
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's type
    public Hashtable getClientExtensions() throws IOException {
      Hashtable extensions =
          TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
      int[] codes = profiles.stream().mapToInt(SrtpProfile::code).toArray();
      if (codes.length > 0) {
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(codes, TlsUtils.EMPTY_BYTES));
      }
      return extensions;
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new TlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
          byte[] encoded = server.getCertificate().getCertificateAt(0).getEncoded();
          if (!DtlsIdentity.fingerprint(encoded).equals(serverFingerprint)) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "unexpected certificate");
          }
        }

        @Override
        public TlsCredentials getClientCredentials(CertificateRequest request) {
          return identity.credentials(context);
        }
      };
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
      super.notifyAlertReceived(level, description);
      if (description == AlertDescription.close_notify) {
        closeReceived = true;
        pipe.end();
      }
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete"}) // the library's type
    public void processServerExtensions(Hashtable extensions) throws IOException {
      super.processServerExtensions(extensions);
      UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
      profile =
          chosen == null ? Optional.empty() : SrtpProfile.ofCode(chosen.getProtectionProfiles()[0]);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
      super.notifyHandshakeComplete();
      keys = DtlsTerms.keys(context, profile.orElseThrow());
    }
  }
}
