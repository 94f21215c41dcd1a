package dev.sluice.router.pace;

/** Takes the packets whose turn has come; what it sends it tells {@link Pacer#onSent} of. */
public interface Outlet {
  /**
   * Sends a packet that has waited.
   *
   * @return false when nothing can be sent now, and it goes on waiting
   */
  boolean send(PacedTrack track, SendClass sendClass, byte[] packet, int length, long nowNanos);

  /**
   * Whether so much is on its way that nothing is known of yet that what can wait should: the path
   * may have broken down.
   */
  default boolean isFull() {
    return false;
  }
}
