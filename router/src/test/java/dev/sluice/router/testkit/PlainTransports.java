package dev.sluice.router.testkit;

import dev.sluice.transport.IceCredentials;
import dev.sluice.transport.RemoteParameters;
import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportCounters;
import dev.sluice.transport.TransportFactory;
import dev.sluice.transport.TransportListener;
import dev.sluice.transport.TransportState;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Transports without secrets: a STUN request connects them, protection appends a tag, the byte
 * {@link #CLOSE} as a datagram ends them. Every transport is kept for the test to look at.
 */
public final class PlainTransports implements TransportFactory {
  /** What protection appends. */
  public static final byte[] TAG = "[sealed]".getBytes(StandardCharsets.US_ASCII);

  /** In the range of DTLS. */
  public static final byte CLOSE = 21;

  private final List<PlainTransport> made = new ArrayList<>();

  public List<PlainTransport> made() {
    return made;
  }

  public long open() {
    return made.stream().filter(t -> t.state() != TransportState.CLOSED).count();
  }

  @Override
  public Transport create(TransportListener listener, Executor worker) {
    PlainTransport transport = new PlainTransport("ufrag" + made.size(), listener);
    made.add(transport);
    return transport;
  }

  @Override
  public String fingerprint() {
    return String.join(":", java.util.Collections.nCopies(32, "AB"));
  }

  @Override
  public void warmUp() {
    // Nothing is compiled or loaded for a transport without cryptography.
  }

  @Override
  public void close() {
    made.forEach(PlainTransport::close);
  }

  /** One of them. */
  public static final class PlainTransport implements Transport {
    private final List<String> ufrags = new ArrayList<>();
    private final TransportListener listener;
    private final TransportCounters counters = new TransportCounters();
    private OptionalLong lastReceivedNanos = OptionalLong.empty();
    private TransportState state = TransportState.NEW;
    private @Nullable InetSocketAddress remote;
    private @Nullable RemoteParameters remoteParameters;
    private boolean poisoned;

    PlainTransport(String ufrag, TransportListener listener) {
      ufrags.add(ufrag);
      this.listener = listener;
    }

    /** From now on every datagram is a fault of ours. */
    public void poison() {
      poisoned = true;
    }

    public Optional<RemoteParameters> remoteParameters() {
      return Optional.ofNullable(remoteParameters);
    }

    @Override
    public IceCredentials localCredentials() {
      return new IceCredentials(ufrags.getLast(), "password0123456789012345");
    }

    @Override
    public IceCredentials restartIce() {
      ufrags.add(ufrags.getFirst() + "r" + ufrags.size());
      return localCredentials();
    }

    @Override
    public List<String> usernameFragments() {
      return List.copyOf(ufrags);
    }

    @Override
    public OptionalLong lastReceivedNanos() {
      return lastReceivedNanos;
    }

    /** What a transport does when its peer has not been heard of for too long. */
    public void expire() {
      state = TransportState.CLOSED;
      listener.onState(state, "consent expired");
    }

    /** What a transport does after the peer has nominated with the credentials of a restart. */
    public void dropOldCredentials() {
      while (ufrags.size() > 1) {
        listener.onUsernameFragmentDropped(ufrags.removeFirst());
      }
    }

    @Override
    public void setRemote(RemoteParameters parameters) {
      remoteParameters = parameters;
    }

    @Override
    public void onDatagram(
        byte[] buffer, int offset, int length, InetSocketAddress from, long nowNanos) {
      if (poisoned) {
        throw new IllegalStateException("poisoned");
      }
      int first = buffer[offset] & 0xff;
      if (first < 4) {
        lastReceivedNanos = OptionalLong.of(nowNanos);
        onStun(buffer, offset, length, from);
      } else if (first == CLOSE) {
        state = TransportState.CLOSED;
        listener.onState(state, "close_notify");
      } else if (first >= 128) {
        int plain = length - TAG.length;
        if (plain < 8
            || !Arrays.equals(buffer, offset + plain, offset + length, TAG, 0, TAG.length)) {
          counters.srtpAuthenticationFailures++;
          return;
        }
        lastReceivedNanos = OptionalLong.of(nowNanos);
        int type = buffer[offset + 1] & 0xff;
        if (type >= 192 && type <= 223) {
          listener.onRtcp(buffer, offset, plain, nowNanos);
        } else {
          listener.onRtp(buffer, offset, plain, nowNanos);
        }
      }
    }

    private void onStun(byte[] buffer, int offset, int length, InetSocketAddress from) {
      listener.onDatagramToSend(from, buffer, offset, length);
      if (!from.equals(remote)) {
        remote = from;
        listener.onPath(from);
      }
      if (state == TransportState.NEW) {
        state = TransportState.CONNECTED;
        listener.onState(state, "test");
      }
    }

    @Override
    public void onTick(long nowNanos) {
      // Consent of a test's peer never expires.
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
      if (state != TransportState.CONNECTED) {
        return 0;
      }
      System.arraycopy(TAG, 0, buffer, offset + length, TAG.length);
      return length + TAG.length;
    }

    @Override
    public int protectRtcp(byte[] buffer, int offset, int length) {
      return protectRtp(buffer, offset, length);
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
}
