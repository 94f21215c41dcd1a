package dev.sluice.router.pace;

/** Where the packets of one track come from; told what becomes of them, on the worker's thread. */
public interface PacedSource {
  /**
   * A packet of it was sealed and leaves with the current batch.
   *
   * @param length its bytes, headers included, before encryption
   */
  void onSent(SendClass sendClass, int length);

  /** A packet of it could not be sealed. */
  void onUnsealed();

  /**
   * What waited has waited too long, and all of it was dropped, so that no gap remains: go on with
   * a key frame, numbered after the last that was sent.
   */
  void onOverflow(Unsent unsent);

  /** A retransmission has waited too long and was dropped. */
  void onRetransmissionExpired();

  /**
   * Writes a packet that was sent lately once more, as a retransmission that nobody has asked for.
   *
   * @param maxBytes how long it may be
   * @return its length, or 0 when there is none that fits
   */
  int writeRepeat(int maxBytes, long nowNanos, byte[] out, int offset);

  /**
   * Writes a packet of nothing but padding.
   *
   * @param maxBytes how long it may be; the least it can be is some 30 bytes
   * @return its length, or 0 when the subscriber takes no retransmissions of this track
   */
  int writePadding(int maxBytes, byte[] out, int offset);
}
