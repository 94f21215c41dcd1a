package dev.sluice.transport;

import dev.sluice.transport.dtls.DtlsAssociation;
import dev.sluice.transport.ice.IceLite;
import dev.sluice.transport.srtp.SrtpKeys;
import dev.sluice.transport.srtp.SrtpSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts ICE-lite, one DTLS association and SRTP together. Worker thread only. */
final class SecureTransport implements Transport, DtlsAssociation.Listener {
  /** Starts the DTLS association of this transport; empty when too many are starting. */
  @FunctionalInterface
  interface DtlsStarter {
    Optional<DtlsAssociation> start(DtlsAssociation.Listener listener);
  }

  private final TransportListener listener;
  private final Supplier<IceCredentials> newCredentials;
  private final IceLite ice;
  private final DtlsStarter dtlsStarter;
  private final long connectTimeoutNanos;
  private final TransportCounters counters = new TransportCounters();
  private final EarlyMedia early = new EarlyMedia();
  private TransportState state = TransportState.NEW;
  private IceCredentials localCredentials;
  private long connectingSinceNanos;
  private boolean heard;
  private long lastReceivedNanos;
  private @Nullable RemoteParameters remote;
  private @Nullable DtlsAssociation dtls;
  private @Nullable SrtpSession srtp;

  SecureTransport(
      TransportListener listener,
      Supplier<IceCredentials> newCredentials,
      DtlsStarter dtlsStarter,
      long connectTimeoutNanos) {
    this.listener = listener;
    this.newCredentials = newCredentials;
    this.localCredentials = newCredentials.get();
    this.ice = new IceLite(localCredentials.usernameFragment(), localCredentials.password());
    this.dtlsStarter = dtlsStarter;
    this.connectTimeoutNanos = connectTimeoutNanos;
  }

  @Override
  public IceCredentials localCredentials() {
    return localCredentials;
  }

  @Override
  public IceCredentials restartIce() {
    if (state == TransportState.CLOSED) {
      throw new IllegalStateException("the transport is closed");
    }
    IceCredentials next = newCredentials.get();
    while (ice.usernameFragments().contains(next.usernameFragment())) {
      next = newCredentials.get();
    }
    localCredentials = next;
    counters.iceRestarts++;
    ice.restart(next.usernameFragment(), next.password())
        .ifPresent(listener::onUsernameFragmentDropped);
    return next;
  }

  @Override
  public List<String> usernameFragments() {
    return ice.usernameFragments();
  }

  @Override
  public OptionalLong lastReceivedNanos() {
    return heard ? OptionalLong.of(lastReceivedNanos) : OptionalLong.empty();
  }

  @Override
  public void setRemote(RemoteParameters remote) {
    this.remote = remote;
    if (dtls != null) {
      dtls.expect(remote.fingerprint());
    }
  }

  @Override
  public void onDatagram(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNanos) {
    if (state == TransportState.CLOSED) {
      return;
    }
    int first = length == 0 ? -1 : buffer[offset] & 0xFF;
    // RFC 7983 §7.
    if (first >= 128 && first <= 191) {
      onSrtp(buffer, offset, length, from, nowNanos);
    } else if (first >= 0 && first <= 3) {
      onStun(buffer, offset, length, from, nowNanos);
    } else if (first >= 20 && first <= 63) {
      onDtls(buffer, offset, length, from);
    } else {
      counters.unknownDatagrams++;
    }
  }

  private void onStun(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNanos) {
    switch (ice.onStun(buffer, offset, length, from, nowNanos)) {
      case MALFORMED -> counters.malformedStun++;
      case UNAUTHENTICATED -> counters.unauthenticatedStun++;
      case ANSWERED -> onCheck(from, nowNanos);
      case PATH_CHANGED -> {
        counters.pathChanges++;
        onCheck(from, nowNanos);
        if (state == TransportState.NEW) {
          connectingSinceNanos = nowNanos;
          move(TransportState.CONNECTING, "the first authenticated check came from " + from);
        }
        listener.onPath(from);
      }
    }
  }

  private void onCheck(InetSocketAddress to, long nowNanos) {
    counters.stunChecks++;
    hear(nowNanos);
    listener.onDatagramToSend(to, ice.reply().buffer(), 0, ice.reply().length());
  }

  private void hear(long arrivedNanos) {
    // Early media is taken later than it came.
    if (!heard || arrivedNanos - lastReceivedNanos > 0) {
      heard = true;
      lastReceivedNanos = arrivedNanos;
    }
  }

  private void onDtls(byte[] buffer, int offset, int length, InetSocketAddress from) {
    if (!ice.verified(from)) {
      counters.dtlsFromUnverifiedAddress++;
    } else if (!DtlsAssociation.acceptable(buffer, offset, length)) {
      counters.malformedDtls++;
    } else if (dtls == null && !startDtls()) {
      counters.dtlsHandshakesPutOff++;
    } else if (dtls != null && !dtls.offer(buffer, offset, length)) {
      counters.dtlsQueueFull++;
    }
  }

  private boolean startDtls() {
    Optional<DtlsAssociation> started = dtlsStarter.start(this);
    started.ifPresent(
        association -> {
          dtls = association;
          if (remote != null) {
            association.expect(remote.fingerprint());
          }
        });
    return started.isPresent();
  }

  private void onSrtp(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNanos) {
    if (!ice.verified(from)) {
      counters.srtpFromUnverifiedAddress++;
    } else if (srtp == null) {
      counters.earlyMedia++;
      if (!early.add(buffer, offset, length, nowNanos)) {
        counters.earlyMediaDropped++;
      }
    } else {
      unprotect(srtp, buffer, offset, length, nowNanos);
    }
  }

  private void unprotect(
      SrtpSession session, byte[] buffer, int offset, int length, long nowNanos) {
    boolean rtcp = isRtcp(buffer, offset, length);
    int result =
        rtcp
            ? session.unprotectRtcp(buffer, offset, length)
            : session.unprotectRtp(buffer, offset, length);
    if (result > 0 && rtcp) {
      counters.rtcpPacketsIn++;
      counters.rtcpBytesIn += length;
      hear(nowNanos);
      listener.onRtcp(buffer, offset, result, nowNanos);
    } else if (result > 0) {
      counters.rtpPacketsIn++;
      counters.rtpBytesIn += length;
      hear(nowNanos);
      listener.onRtp(buffer, offset, result, nowNanos);
    } else if (result == SrtpSession.REPLAYED) {
      counters.srtpReplays++;
    } else if (result == SrtpSession.NOT_AUTHENTIC) {
      counters.srtpAuthenticationFailures++;
    } else {
      counters.malformedSrtp++;
    }
  }

  /** RFC 5761 §4: RTCP packet types 192 to 223 stand where RTP has its marker and payload type. */
  private static boolean isRtcp(byte[] buffer, int offset, int length) {
    int type = length < 2 ? 0 : buffer[offset + 1] & 0xFF;
    return type >= 192 && type <= 223;
  }

  @Override
  public void onTick(long nowNanos) {
    if (state == TransportState.CLOSED) {
      return;
    }
    for (String dropped : ice.dropSuperseded(nowNanos)) {
      listener.onUsernameFragmentDropped(dropped);
    }
    if (ice.consentExpired(nowNanos)) {
      end("consent expired");
    } else if (state == TransportState.CONNECTING
        && nowNanos - connectingSinceNanos > connectTimeoutNanos) {
      end("no DTLS handshake was completed in time");
    }
  }

  @Override
  public TransportState state() {
    return state;
  }

  @Override
  public Optional<InetSocketAddress> remoteAddress() {
    return ice.path();
  }

  @Override
  public int protectRtp(byte[] buffer, int offset, int length) {
    int result = srtp == null ? noKeys() : sealed(srtp.protectRtp(buffer, offset, length));
    if (result > 0) {
      counters.rtpPacketsOut++;
      counters.rtpBytesOut += result;
    }
    return result;
  }

  @Override
  public int protectRtcp(byte[] buffer, int offset, int length) {
    int result = srtp == null ? noKeys() : sealed(srtp.protectRtcp(buffer, offset, length));
    if (result > 0) {
      counters.rtcpPacketsOut++;
      counters.rtcpBytesOut += result;
    }
    return result;
  }

  @Override
  public void onSentAgain(int length) {
    counters.rtpPacketsOut++;
    counters.rtpBytesOut += length;
  }

  private int noKeys() {
    counters.protectsWithoutKeys++;
    return 0;
  }

  private int sealed(int result) {
    if (result == SrtpSession.REPLAYED) {
      counters.protectReplays++;
    }
    return Math.max(result, 0);
  }

  @Override
  public TransportCounters counters() {
    return counters;
  }

  @Override
  public void onDtlsDatagram(byte[] datagram) {
    // A close_notify comes after close(): it is still sent.
    ice.path().ifPresent(path -> listener.onDatagramToSend(path, datagram, 0, datagram.length));
  }

  @Override
  public void onKeys(SrtpKeys keys) {
    if (state == TransportState.CLOSED) {
      return;
    }
    SrtpSession session = SrtpSession.server(keys);
    srtp = session;
    counters.dtlsHandshakes++;
    move(TransportState.CONNECTED, "DTLS is complete, SRTP uses " + keys.profile());
    early.drain(
        (packet, arrivedNanos) -> {
          // The listener may close the transport from within a call.
          if (state == TransportState.CONNECTED) {
            unprotect(session, packet, 0, packet.length, arrivedNanos);
          }
        });
  }

  @Override
  public void onDtlsEnded(String reason) {
    if (state == TransportState.CONNECTING) {
      counters.dtlsHandshakesFailed++;
    }
    end(reason);
  }

  @Override
  public void onDtlsRestart() {
    counters.dtlsRestarts++;
  }

  @Override
  public void onDtlsFault(IOException fault) {
    counters.dtlsFaults++;
  }

  @Override
  public void close() {
    end("closed by this side");
  }

  private void end(String reason) {
    if (state == TransportState.CLOSED) {
      return;
    }
    srtp = null;
    if (dtls != null) {
      dtls.close();
    }
    move(TransportState.CLOSED, reason);
  }

  private void move(TransportState next, String reason) {
    state = next;
    listener.onState(next, reason);
  }
}
