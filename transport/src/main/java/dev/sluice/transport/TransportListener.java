package dev.sluice.transport;

import java.net.InetSocketAddress;

/** What a {@link Transport} tells its owner. Every call comes on the owner's worker thread. */
public interface TransportListener {
  /** A STUN or DTLS datagram to send; the buffer is only valid during the call. */
  void onDatagramToSend(InetSocketAddress to, byte[] buffer, int offset, int length);

  /** Media goes to and comes from this address from now on; called again when the path moves. */
  void onPath(InetSocketAddress remote);

  /**
   * Checks that name this local user name fragment are no longer for this transport: a restart has
   * superseded it. Not told when the transport closes.
   */
  void onUsernameFragmentDropped(String usernameFragment);

  /** The state moved to {@code state}; {@code reason} says why, for logs and for people. */
  void onState(TransportState state, String reason);

  /** An authenticated RTP packet, decrypted in place; the buffer is only valid during the call. */
  void onRtp(byte[] buffer, int offset, int length, long nowNanos);

  /** An authenticated compound RTCP packet, decrypted in place. */
  void onRtcp(byte[] buffer, int offset, int length, long nowNanos);
}
