package dev.sluice.transport;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One peer's secured path: ICE-lite (RFC 8445 §2.5), DTLS 1.2 as the server (RFC 5764), SRTP (RFC
 * 3711, RFC 7714). Bytes in, bytes out, time passed in; no sockets and no clock. Every method runs
 * on the owner's worker thread. The DTLS handshake runs on a virtual thread of its own and hands
 * its results to the worker.
 */
public interface Transport extends AutoCloseable {
  /** Bytes that must be free after a packet handed to {@code protect…}: tag and SRTCP index. */
  int MAX_PROTECT_OVERHEAD = 32;

  /** Those that our next description has: the newest ones. */
  IceCredentials localCredentials();

  /**
   * Restarts ICE (RFC 8445 §9): makes new local credentials for our next description. The old ones
   * stay good, and media goes on over the path there is, until the peer has nominated one with the
   * new ones; then they are dropped after a grace period of 5 seconds. At most 3 are good at once.
   *
   * @throws IllegalStateException when the transport is closed
   */
  IceCredentials restartIce();

  /**
   * The local user name fragments that checks may name now, the newest last; of a closed transport
   * those it had at its end. Each {@link #restartIce} adds one, {@link
   * TransportListener#onUsernameFragmentDropped} tells of one that is gone.
   */
  List<String> usernameFragments();

  /**
   * When the peer was last heard of with something authentic: a check, an SRTP or an SRTCP packet.
   * Empty before the first one.
   */
  OptionalLong lastReceivedNanos();

  /**
   * Tells the peer's parameters, with other credentials after an ICE restart. They may come after
   * the first datagrams, because those can overtake the answer on the WebSocket: DTLS then waits
   * for the fingerprint.
   */
  void setRemote(RemoteParameters remote);

  /** Takes one datagram of any kind (RFC 7983); what is invalid is counted and dropped. */
  void onDatagram(byte[] buffer, int offset, int length, InetSocketAddress from, long nowNanos);

  /** Runs what is due: expiry of consent and of old credentials. At least every 100 ms. */
  void onTick(long nowNanos);

  TransportState state();

  /** The address media goes to, once a path is chosen. */
  Optional<InetSocketAddress> remoteAddress();

  /**
   * Encrypts an RTP packet in place.
   *
   * @return the length of the SRTP packet, or 0 when the state is not CONNECTED or the SSRC has
   *     used the sequence number before, which is counted
   */
  int protectRtp(byte[] buffer, int offset, int length);

  /** As {@link #protectRtp}, for a compound RTCP packet. */
  int protectRtcp(byte[] buffer, int offset, int length);

  /**
   * Counts a packet that {@link #protectRtp} has encrypted and that is sent once more as it was.
   * Anything else under its sequence number would be a second use of a nonce (RFC 7714 §8.1).
   *
   * @param length of the SRTP packet
   */
  void onSentAgain(int length);

  TransportCounters counters();

  /**
   * Ends, and tells the listener of the state; idempotent. When there is somebody to tell, a
   * close_notify follows shortly through {@link TransportListener#onDatagramToSend}.
   */
  @Override
  void close();
}
