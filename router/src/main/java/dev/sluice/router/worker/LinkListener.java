package dev.sluice.router.worker;

/** What a {@link Link} tells the room that owns it. Worker thread. */
public interface LinkListener {
  /** A decrypted RTP packet; the buffer is only valid during the call. */
  void onRtp(byte[] buffer, int offset, int length, long nowNanos);

  /** A decrypted compound RTCP packet; the buffer is only valid during the call. */
  void onRtcp(byte[] buffer, int offset, int length, long nowNanos);

  /** Media can flow both ways from now on. */
  void onConnected(long nowNanos);

  /**
   * The peer's end, the network or the handshake ended it. Not called after {@link Link#close}.
   *
   * @param wasConnected whether media could flow before
   */
  void onClosed(boolean wasConnected, String reason);
}
