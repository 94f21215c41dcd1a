package dev.sluice.simulation.router;

import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.RemoteParameters;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportCounters;
import dev.sluice.transport.TransportListener;
import dev.sluice.transport.TransportState;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A path without secrets: a STUN check connects or moves it, what is protected stays the same. */
final class PlainTransport implements Transport {
  private static final String PASSWORD = "passwordpasswordpassword";

  private final TransportListener listener;
  private final TransportCounters counters = new TransportCounters();
  private String usernameFragment;
  private TransportState state = TransportState.NEW;
  private @Nullable InetSocketAddress remote;
  private OptionalLong lastReceivedNanos = OptionalLong.empty();

  PlainTransport(String usernameFragment, TransportListener listener) {
    this.usernameFragment = usernameFragment;
    this.listener = listener;
  }

  @Override
  public IceCredentials localCredentials() {
    return new IceCredentials(usernameFragment, PASSWORD);
  }

  @Override
  public IceCredentials restartIce() {
    usernameFragment += "r";
    return localCredentials();
  }

  @Override
  public List<String> usernameFragments() {
    return List.of(usernameFragment);
  }

  @Override
  public OptionalLong lastReceivedNanos() {
    return lastReceivedNanos;
  }

  @Override
  public void setRemote(RemoteParameters remoteParameters) {
    // There is nothing to authenticate.
  }

  @Override
  public void onDatagram(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNanos) {
    lastReceivedNanos = OptionalLong.of(nowNanos);
    if (!Wire.isMedia(buffer, offset)) {
      onCheck(from);
    } else if (Wire.isRtcp(buffer, offset)) {
      counters.rtcpPacketsIn++;
      counters.rtcpBytesIn += length;
      listener.onRtcp(buffer, offset, length, nowNanos);
    } else {
      counters.rtpPacketsIn++;
      counters.rtpBytesIn += length;
      listener.onRtp(buffer, offset, length, nowNanos);
    }
  }

  private void onCheck(InetSocketAddress from) {
    counters.stunChecks++;
    if (!from.equals(remote)) {
      remote = from;
      counters.pathChanges++;
      listener.onPath(from);
    }
    if (state == TransportState.NEW) {
      state = TransportState.CONNECTED;
      listener.onState(state, "checked");
    }
  }

  @Override
  public void onTick(long nowNanos) {
    // Consent of a simulated peer never expires.
  }

  @Override
  public TransportState state() {
    return state;
  }

  @Override
  public Optional<InetSocketAddress> remoteAddress() {
    return Optional.ofNullable(remote);
  }

  @Override
  public int protectRtp(byte[] buffer, int offset, int length) {
    counters.rtpPacketsOut++;
    counters.rtpBytesOut += length;
    return length;
  }

  @Override
  public int protectRtcp(byte[] buffer, int offset, int length) {
    counters.rtcpPacketsOut++;
    counters.rtcpBytesOut += length;
    return length;
  }

  @Override
  public void onSentAgain(int length) {
    counters.rtpPacketsOut++;
    counters.rtpBytesOut += length;
  }

  @Override
  public TransportCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    state = TransportState.CLOSED;
  }
}
